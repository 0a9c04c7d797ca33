CREATE TABLE `filesFile` (
	`account` text NOT NULL,
	`key` text NOT NULL,
	`path` text NOT NULL,
	`name` text NOT NULL,
	`extension` text NOT NULL,
	`folder` text NOT NULL,
	`size` real NOT NULL,
	`mtime` text NOT NULL,
	`ctime` text NOT NULL,
	`device` text NOT NULL,
	`otherDrive` integer NOT NULL,
	`hash` text NOT NULL,
	`format` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`author` text,
	`artifactDate` text NOT NULL,
	PRIMARY KEY(`account`, `key`)
);
--> statement-breakpoint
CREATE INDEX `filesFile_extension` ON `filesFile` (`extension`);--> statement-breakpoint
CREATE INDEX `filesFile_mtime` ON `filesFile` (`mtime`);