CREATE TABLE `notionDataSource` (
	`account` text NOT NULL,
	`dataSourceId` text NOT NULL,
	`databaseId` text NOT NULL,
	`title` text NOT NULL,
	`description` text NOT NULL,
	`url` text NOT NULL,
	`parentType` text NOT NULL,
	`parentId` text NOT NULL,
	`columns` text NOT NULL,
	`lastEditedTime` text NOT NULL,
	`listing` text NOT NULL,
	PRIMARY KEY(`account`, `dataSourceId`)
);
--> statement-breakpoint
CREATE TABLE `notionLink` (
	`account` text NOT NULL,
	`fromId` text NOT NULL,
	`toId` text NOT NULL,
	`kind` text NOT NULL,
	`contains` integer NOT NULL,
	`missingAt` text,
	PRIMARY KEY(`account`, `fromId`, `toId`)
);
--> statement-breakpoint
CREATE INDEX `notionLink_to` ON `notionLink` (`toId`);--> statement-breakpoint
CREATE TABLE `notionPage` (
	`account` text NOT NULL,
	`pageId` text NOT NULL,
	`title` text NOT NULL,
	`url` text NOT NULL,
	`parentType` text NOT NULL,
	`parentId` text NOT NULL,
	`dataSourceId` text,
	`breadcrumb` text,
	`createdTime` text NOT NULL,
	`lastEditedTime` text NOT NULL,
	`createdBy` text,
	`lastEditedBy` text,
	`properties` text,
	`rawProperties` text NOT NULL,
	`longProperties` text,
	`body` text,
	`bodyMark` text,
	`readAt` text,
	`headHash` text,
	`listing` text NOT NULL,
	`round` integer NOT NULL,
	PRIMARY KEY(`account`, `pageId`)
);
--> statement-breakpoint
CREATE INDEX `notionPage_dataSource` ON `notionPage` (`dataSourceId`);--> statement-breakpoint
CREATE INDEX `notionPage_listing` ON `notionPage` (`listing`);--> statement-breakpoint
CREATE INDEX `notionPage_edited` ON `notionPage` (`lastEditedTime`);--> statement-breakpoint
CREATE TABLE `notionUser` (
	`account` text NOT NULL,
	`userId` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`type` text,
	PRIMARY KEY(`account`, `userId`)
);
