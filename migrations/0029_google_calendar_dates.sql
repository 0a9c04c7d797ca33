CREATE TABLE `calendarDate` (
	`account` text NOT NULL,
	`eventKey` text NOT NULL,
	`startsAt` text NOT NULL,
	`endsAt` text NOT NULL,
	`title` text NOT NULL,
	`location` text,
	`isChanged` integer NOT NULL,
	PRIMARY KEY(`account`, `eventKey`, `startsAt`)
);
--> statement-breakpoint
CREATE INDEX `calendarDateStart` ON `calendarDate` (`account`,`startsAt`);