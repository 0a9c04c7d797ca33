CREATE TABLE `discordChannel` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`serverId` text NOT NULL,
	`parentId` text,
	`type` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`topic` text,
	`tags` text NOT NULL,
	`tagIds` text NOT NULL,
	`tagNames` text NOT NULL,
	`archived` integer NOT NULL,
	`archivedAt` text,
	`lastMessageId` text,
	`createdAt` text NOT NULL,
	`access` text NOT NULL,
	`newestRead` text,
	`oldestRead` text,
	`readDownTo` text,
	`readInRun` text,
	`listedInRun` text,
	`archiveMark` text,
	`stale` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
--> statement-breakpoint
CREATE INDEX `discordChannelParent` ON `discordChannel` (`account`,`parentId`);--> statement-breakpoint
CREATE TABLE `discordMember` (
	`account` text NOT NULL,
	`serverId` text NOT NULL,
	`userId` text NOT NULL,
	`username` text NOT NULL,
	`displayName` text,
	`nick` text,
	`bot` integer NOT NULL,
	PRIMARY KEY(`account`, `serverId`, `userId`)
);
--> statement-breakpoint
CREATE TABLE `discordMessage` (
	`account` text NOT NULL,
	`channelId` text NOT NULL,
	`id` text NOT NULL,
	`orderKey` text NOT NULL,
	`serverId` text NOT NULL,
	`type` integer NOT NULL,
	`said` integer NOT NULL,
	`authorId` text NOT NULL,
	`authorName` text NOT NULL,
	`content` text NOT NULL,
	`createdAt` text NOT NULL,
	`editedAt` text,
	`replyTo` text,
	`artifact` text,
	`reactions` integer NOT NULL,
	`attachments` integer NOT NULL,
	`raw` text NOT NULL,
	PRIMARY KEY(`account`, `channelId`, `orderKey`)
);
--> statement-breakpoint
CREATE INDEX `discordMessageReply` ON `discordMessage` (`account`,`replyTo`);--> statement-breakpoint
CREATE INDEX `discordMessageAuthor` ON `discordMessage` (`account`,`authorId`);--> statement-breakpoint
CREATE INDEX `discordMessageArtifact` ON `discordMessage` (`account`,`artifact`);--> statement-breakpoint
CREATE TABLE `discordRole` (
	`account` text NOT NULL,
	`serverId` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
--> statement-breakpoint
CREATE TABLE `discordServer` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	PRIMARY KEY(`account`, `id`)
);
