CREATE TABLE `sharepointDrive` (
	`account` text NOT NULL,
	`driveId` text NOT NULL,
	`siteId` text,
	`siteName` text,
	`name` text NOT NULL,
	`url` text,
	PRIMARY KEY(`account`, `driveId`)
);
--> statement-breakpoint
CREATE TABLE `sharepointItem` (
	`account` text NOT NULL,
	`itemKey` text NOT NULL,
	`driveId` text NOT NULL,
	`itemId` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`parentId` text,
	`mimeType` text,
	`size` integer,
	`createdBy` text,
	`createdAt` text,
	`editedBy` text,
	`editedAt` text,
	`description` text,
	`url` text,
	`contentMark` text,
	`targetDriveId` text,
	`targetId` text,
	`targetIsFolder` integer,
	`listedRun` text,
	PRIMARY KEY(`account`, `itemKey`)
);
--> statement-breakpoint
CREATE INDEX `sharepointItemParent` ON `sharepointItem` (`account`,`driveId`,`parentId`);--> statement-breakpoint
CREATE TABLE `sharepointPage` (
	`account` text NOT NULL,
	`pageKey` text NOT NULL,
	`siteId` text NOT NULL,
	`pageId` text NOT NULL,
	`title` text NOT NULL,
	`author` text,
	`editedBy` text,
	`createdAt` text,
	`editedAt` text,
	`level` text,
	`url` text,
	PRIMARY KEY(`account`, `pageKey`)
);
--> statement-breakpoint
CREATE TABLE `sharepointSite` (
	`account` text NOT NULL,
	`siteId` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`chosenAs` text,
	PRIMARY KEY(`account`, `siteId`)
);
