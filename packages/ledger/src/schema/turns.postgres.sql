CREATE FUNCTION "keep_turn_of_session"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT count(*) FROM "session_turns" WHERE "session_id" = NEW.session_id) < 2000 THEN
		INSERT INTO "session_turns" VALUES (NEW.session_id, NEW.last_report_at, OLD.last_report_at,
			OLD.watched_ms, NEW.watched_ms, OLD.state, NEW.state);
	END IF;
	RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "sessions_keep_their_turns" AFTER UPDATE OF "last_report_at" ON "sessions"
	FOR EACH ROW WHEN (NEW.last_report_at > OLD.last_report_at AND (
		NEW.state <> OLD.state
		OR (OLD.state = 'playing'
			AND NEW.last_report_at - OLD.last_report_at - (NEW.watched_ms - OLD.watched_ms) > 1000)
		OR (OLD.state <> 'playing' AND NEW.watched_ms > OLD.watched_ms)
	)) EXECUTE FUNCTION "keep_turn_of_session"();
