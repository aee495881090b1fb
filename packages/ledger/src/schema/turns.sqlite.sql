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
