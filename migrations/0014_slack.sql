CREATE TABLE `slackChannel` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`topic` text NOT NULL,
	`purpose` text NOT NULL,
	`isPrivate` integer NOT NULL,
	`isArchived` integer NOT NULL,
	`members` integer NOT NULL,
	`access` text NOT NULL,
	`newestRead` text,
	`backTo` text,
	`readInRun` text,
	`stale` integer NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
--> statement-breakpoint
CREATE TABLE `slackMessage` (
	`account` text NOT NULL,
	`channelId` text NOT NULL,
	`ts` text NOT NULL,
	`threadTs` text,
	`inChannel` integer NOT NULL,
	`subtype` text,
	`said` integer NOT NULL,
	`authorId` text,
	`authorName` text NOT NULL,
	`text` text NOT NULL,
	`createdAt` text NOT NULL,
	`editedAt` text,
	`replies` integer NOT NULL,
	`threadPending` integer NOT NULL,
	`reactions` integer NOT NULL,
	`files` integer NOT NULL,
	`artifact` text,
	`threadArtifact` text,
	`raw` text NOT NULL,
	PRIMARY KEY(`account`, `channelId`, `ts`)
);
--> statement-breakpoint
CREATE INDEX `slackMessageThread` ON `slackMessage` (`account`,`channelId`,`threadTs`);--> statement-breakpoint
CREATE INDEX `slackMessageAuthor` ON `slackMessage` (`account`,`authorId`);--> statement-breakpoint
CREATE TABLE `slackUser` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`realName` text,
	`title` text,
	`email` text,
	`isBot` integer NOT NULL,
	`isDeleted` integer NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
