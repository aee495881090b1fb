CREATE TABLE `activities` (
	`activity_id` text PRIMARY KEY NOT NULL,
	`learner_id` text NOT NULL,
	`category` text NOT NULL,
	`kind` text,
	`title` text NOT NULL,
	`from_day` integer NOT NULL,
	`to_day` integer NOT NULL,
	`declared_ms` integer NOT NULL,
	`provider` text,
	`place` text,
	`country` text,
	`note` text,
	`evidence` text NOT NULL,
	`state` text NOT NULL,
	`submitted_at` integer,
	`granted_ms` integer,
	`comment` text,
	`decided_by` text,
	`decided_at` integer,
	`reference` text,
	`request_digest` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "activities_granted_where_approved" CHECK((state = 'approved') = (granted_ms is not null)),
	CONSTRAINT "activities_in_order" CHECK(from_day <= to_day)
);
--> statement-breakpoint
CREATE INDEX `activities_by_learner` ON `activities` (`learner_id`,`activity_id`,`state`,`category`,`from_day`,`to_day`,`granted_ms`);--> statement-breakpoint
CREATE INDEX `activities_by_state` ON `activities` (`state`,`activity_id`);--> statement-breakpoint
CREATE INDEX `activities_by_decision` ON `activities` (`decided_at`,`activity_id`) WHERE decided_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `activities_one_of_a_reference` ON `activities` (`learner_id`,`reference`);--> statement-breakpoint
CREATE TABLE `audit` (
	`sequence` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`learner_id` text,
	`changes` text NOT NULL,
	`reason` text,
	`seal` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject_kind`,`subject_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_by_learner` ON `audit` (`learner_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit` (`actor`,`sequence`);--> statement-breakpoint
CREATE INDEX `audit_by_kind` ON `audit` (`subject_kind`,`sequence`);--> statement-breakpoint
CREATE TABLE `closed_years` (
	`year` integer PRIMARY KEY NOT NULL,
	`closed_at` integer,
	`closed_by` text NOT NULL,
	`attempt` text NOT NULL,
	`stepped_at` integer NOT NULL,
	`policy` text NOT NULL,
	`learners` integer NOT NULL,
	`checksum` text
);
--> statement-breakpoint
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
CREATE TABLE `enrolments` (
	`training_id` text NOT NULL,
	`learner_id` text NOT NULL,
	`state` text NOT NULL,
	`online_ms` integer,
	`offline_ms` integer,
	`comment` text,
	`decided_by` text,
	`decided_at` integer,
	`rating` integer,
	`enrolled_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`training_id`, `learner_id`),
	CONSTRAINT "enrolments_rated_from_one_to_five" CHECK(rating between 1 and 5)
);
--> statement-breakpoint
CREATE INDEX `enrolments_by_learner` ON `enrolments` (`learner_id`,`training_id`,`state`,`online_ms`,`offline_ms`);--> statement-breakpoint
CREATE TABLE `evidence_files` (
	`file_id` text PRIMARY KEY NOT NULL,
	`learner_id` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`uploaded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `evidence_files_by_learner` ON `evidence_files` (`learner_id`,`file_id`);--> statement-breakpoint
CREATE TABLE `exams` (
	`exam_id` text NOT NULL,
	`learner_id` text NOT NULL,
	`title` text NOT NULL,
	`taken_on` integer NOT NULL,
	`passed` integer NOT NULL,
	`score` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`exam_id`, `learner_id`)
);
--> statement-breakpoint
CREATE INDEX `exams_by_learner` ON `exams` (`learner_id`,`taken_on`);--> statement-breakpoint
CREATE TABLE `frozen_credits` (
	`year` integer NOT NULL,
	`learner_id` text NOT NULL,
	`credits` text NOT NULL,
	PRIMARY KEY(`year`, `learner_id`)
);
--> statement-breakpoint
CREATE INDEX `frozen_credits_by_learner` ON `frozen_credits` (`learner_id`,`year`);--> statement-breakpoint
CREATE TABLE `learners` (
	`learner_id` text PRIMARY KEY NOT NULL,
	`first_seen_at` integer NOT NULL,
	`name` text,
	`organisation_id` text,
	`rostered_at` integer,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `learners_by_organisation` ON `learners` (`organisation_id`,`learner_id`);--> statement-breakpoint
CREATE TABLE `notices_read` (
	`learner_id` text PRIMARY KEY NOT NULL,
	`read_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organisations` (
	`organisation_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
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
CREATE INDEX `sessions_over_by_learner` ON `sessions` (`learner_id`,`opened_at`,`session_id`,`courseware_id`,`grew_at`,`day`,`day_ms`,`watched_ms`,`sealed_at`) WHERE sealed_at is not null;--> statement-breakpoint
CREATE INDEX `sessions_by_courseware` ON `sessions` (`courseware_id`,`learner_id`);--> statement-breakpoint
CREATE TABLE `trainings` (
	`training_id` text PRIMARY KEY NOT NULL,
	`organisation_id` text,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`type` text,
	`form` text NOT NULL,
	`category` text NOT NULL,
	`method` text,
	`classification` text,
	`organiser` text NOT NULL,
	`contact` text,
	`goal` text,
	`content` text,
	`place` text NOT NULL,
	`capacity` integer,
	`online_ms` integer NOT NULL,
	`offline_ms` integer NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`end_day` integer NOT NULL,
	`enrol_from` integer,
	`enrol_until` integer,
	`courseware_ids` text NOT NULL,
	`hidden_at` integer,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "trainings_in_order" CHECK(starts_at <= ends_at)
);
--> statement-breakpoint
CREATE INDEX `trainings_by_end` ON `trainings` (`ends_at`,`training_id`);--> statement-breakpoint
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
