CREATE TABLE `syncLogLine` (
	`runId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`line` text NOT NULL,
	PRIMARY KEY(`runId`, `ordinal`)
);
--> statement-breakpoint
ALTER TABLE `syncRun` ADD `cause` text;