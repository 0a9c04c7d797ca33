CREATE TABLE `plaudRecording` (
	`account` text NOT NULL,
	`recordingId` text NOT NULL,
	`title` text NOT NULL,
	`startedAt` text,
	`seconds` integer,
	`speakers` text NOT NULL,
	`words` integer NOT NULL,
	`hasText` integer NOT NULL,
	`listed` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`account`, `recordingId`)
);
