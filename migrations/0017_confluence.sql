CREATE TABLE `confluencePage` (
	`account` text NOT NULL,
	`pageId` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`spaceKey` text,
	`space` text,
	`path` text NOT NULL,
	`parentId` text,
	`author` text,
	`version` integer,
	`createdAt` text,
	`updatedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `pageId`)
);
