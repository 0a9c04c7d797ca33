CREATE TABLE `gongCall` (
	`account` text NOT NULL,
	`callId` text NOT NULL,
	`title` text NOT NULL,
	`url` text,
	`started` text,
	`durationSeconds` integer,
	`direction` text,
	`scope` text,
	`system` text,
	`language` text,
	`purpose` text,
	`outcome` text,
	`workspaceId` text,
	`hostUserId` text,
	`isPrivate` integer NOT NULL,
	`brief` text,
	`words` integer NOT NULL,
	`detailsHash` text NOT NULL,
	`transcriptHash` text,
	PRIMARY KEY(`account`, `callId`)
);
--> statement-breakpoint
CREATE INDEX `gongCall_started` ON `gongCall` (`started`);--> statement-breakpoint
CREATE TABLE `gongParty` (
	`account` text NOT NULL,
	`callId` text NOT NULL,
	`position` integer NOT NULL,
	`name` text,
	`email` text,
	`jobTitle` text,
	`affiliation` text,
	`userId` text,
	`attended` integer NOT NULL,
	`wordsSpoken` integer NOT NULL,
	PRIMARY KEY(`account`, `callId`, `position`)
);
--> statement-breakpoint
CREATE INDEX `gongParty_email` ON `gongParty` (`email`);--> statement-breakpoint
CREATE TABLE `gongTopic` (
	`account` text NOT NULL,
	`callId` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`mentions` integer,
	`seconds` integer,
	PRIMARY KEY(`account`, `callId`, `kind`, `name`)
);
--> statement-breakpoint
CREATE INDEX `gongTopic_name` ON `gongTopic` (`name`);--> statement-breakpoint
CREATE TABLE `gongUser` (
	`account` text NOT NULL,
	`userId` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`jobTitle` text,
	`active` integer NOT NULL,
	`managerId` text,
	PRIMARY KEY(`account`, `userId`)
);
--> statement-breakpoint
CREATE TABLE `gongWorkspace` (
	`account` text NOT NULL,
	`workspaceId` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`account`, `workspaceId`)
);
