CREATE TRIGGER `audit_is_never_changed` BEFORE UPDATE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_never_shortened` BEFORE DELETE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END;
