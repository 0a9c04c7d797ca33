CREATE TABLE `calendarEvent` (
	`account` text NOT NULL,
	`eventKey` text NOT NULL,
	`calendarId` text NOT NULL,
	`eventId` text NOT NULL,
	`title` text NOT NULL,
	`startsAt` text,
	`endsAt` text,
	`allDay` integer NOT NULL,
	`timeZone` text,
	`repeats` text,
	`lastDay` text,
	`location` text,
	`organizer` text,
	`myAnswer` text,
	`status` text,
	`kind` text,
	`visibility` text,
	`meetingUrl` text,
	`url` text,
	PRIMARY KEY(`account`, `eventKey`)
);
--> statement-breakpoint
CREATE INDEX `calendarEventCalendar` ON `calendarEvent` (`account`,`calendarId`);--> statement-breakpoint
CREATE TABLE `calendarGuest` (
	`account` text NOT NULL,
	`eventKey` text NOT NULL,
	`guest` text NOT NULL,
	`name` text,
	`answer` text,
	`comment` text,
	`organizer` integer NOT NULL,
	`optional` integer NOT NULL,
	`resource` integer NOT NULL,
	PRIMARY KEY(`account`, `eventKey`, `guest`)
);
--> statement-breakpoint
CREATE TABLE `calendarPart` (
	`account` text NOT NULL,
	`calendarId` text NOT NULL,
	`eventId` text NOT NULL,
	`seriesId` text NOT NULL,
	`status` text,
	`originalStart` text,
	`startsAt` text,
	`event` text NOT NULL,
	`listing` text,
	PRIMARY KEY(`account`, `calendarId`, `eventId`)
);
--> statement-breakpoint
CREATE INDEX `calendarPartSeries` ON `calendarPart` (`account`,`calendarId`,`seriesId`);--> statement-breakpoint
CREATE TABLE `googleCalendar` (
	`account` text NOT NULL,
	`calendarId` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`timeZone` text,
	`role` text,
	`isPrimary` integer NOT NULL,
	`readAs` text,
	PRIMARY KEY(`account`, `calendarId`)
);
