CREATE TABLE `audit` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`changes` text NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject_kind`,`subject_id`,`sequence`);--> statement-breakpoint
CREATE TABLE `courseware` (
	`courseware_id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`limit_ms` integer NOT NULL,
	`media_seconds` integer,
	`creator` text,
	`open` integer NOT NULL,
	`hidden_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `coverage` (
	`learner_id` text NOT NULL,
	`courseware_id` text NOT NULL,
	`ranges` text NOT NULL,
	`position_ms` integer,
	`told_at` integer,
	PRIMARY KEY(`learner_id`, `courseware_id`),
	CONSTRAINT "coverage_position_was_told" CHECK(position_ms is null or told_at is not null)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `learners` (
	`learner_id` text PRIMARY KEY NOT NULL,
	`first_seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`in_force_from` integer NOT NULL,
	`policy` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`name` text PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `session_days` (
	`session_id` text NOT NULL,
	`day` integer NOT NULL,
	`watched_ms` integer NOT NULL,
	PRIMARY KEY(`session_id`, `day`),
	CONSTRAINT "session_days_positive" CHECK(watched_ms > 0)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `session_turns` (
	`session_id` text NOT NULL,
	`at` integer NOT NULL,
	`since` integer NOT NULL,
	`watched_before_ms` integer NOT NULL,
	`watched_after_ms` integer NOT NULL,
	`state_before` text NOT NULL,
	`state_after` text NOT NULL,
	PRIMARY KEY(`session_id`, `at`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`session_id` text PRIMARY KEY NOT NULL,
	`learner_id` text NOT NULL,
	`courseware_id` text NOT NULL,
	`client_id` text,
	`end_token_hash` text NOT NULL,
	`opened_at` integer NOT NULL,
	`last_report_at` integer NOT NULL,
	`grew_at` integer NOT NULL,
	`watched_ms` integer NOT NULL,
	`forfeited_ms` integer NOT NULL,
	`day` integer NOT NULL,
	`day_ms` integer NOT NULL,
	`state` text NOT NULL,
	`sealed_at` integer,
	`sealed_as` text,
	`facts_revision` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sessions_within_wall_clock" CHECK(watched_ms <= last_report_at - opened_at),
	CONSTRAINT "sessions_day_within_total" CHECK(day_ms between 0 and watched_ms),
	CONSTRAINT "sessions_nothing_after_sealing" CHECK(sealed_at is null or last_report_at <= sealed_at),
	CONSTRAINT "sessions_sealed_somehow" CHECK((sealed_at is null) = (sealed_as is null))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_one_unsealed_per_learner` ON `sessions` (`learner_id`) WHERE sealed_at is null;--> statement-breakpoint
CREATE INDEX `sessions_by_learner` ON `sessions` (`learner_id`,`opened_at`);--> statement-breakpoint
CREATE TRIGGER `audit_is_never_changed` BEFORE UPDATE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_never_shortened` BEFORE DELETE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is only ever added to');
END;
--> statement-breakpoint
CREATE TRIGGER `sessions_keep_their_turns` AFTER UPDATE OF `last_report_at` ON `sessions`
WHEN NEW.last_report_at > OLD.last_report_at AND (
	NEW.state <> OLD.state
	OR (OLD.state = 'playing'
		AND NEW.last_report_at - OLD.last_report_at - (NEW.watched_ms - OLD.watched_ms) > 1000)
	OR (OLD.state <> 'playing' AND NEW.watched_ms > OLD.watched_ms)
) AND (SELECT count(*) FROM `session_turns` WHERE `session_id` = NEW.session_id) < 2000
BEGIN
	INSERT INTO `session_turns` VALUES (NEW.session_id, NEW.last_report_at, OLD.last_report_at,
		OLD.watched_ms, NEW.watched_ms, OLD.state, NEW.state);
END;
