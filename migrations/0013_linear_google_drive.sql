CREATE TABLE `driveFile` (
	`account` text NOT NULL,
	`fileId` text NOT NULL,
	`name` text NOT NULL,
	`mimeType` text NOT NULL,
	`parentId` text,
	`driveId` text,
	`owner` text,
	`lastEditor` text,
	`createdAt` text,
	`modifiedAt` text,
	`size` integer,
	`shared` integer,
	`starred` integer,
	`targetId` text,
	`description` text,
	`properties` text,
	`url` text,
	PRIMARY KEY(`account`, `fileId`)
);
--> statement-breakpoint
CREATE TABLE `driveShared` (
	`account` text NOT NULL,
	`driveId` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`account`, `driveId`)
);
--> statement-breakpoint
CREATE TABLE `linearDocument` (
	`account` text NOT NULL,
	`documentId` text NOT NULL,
	`title` text NOT NULL,
	`author` text,
	`project` text,
	`initiative` text,
	`issue` text,
	`team` text,
	`createdAt` text,
	`updatedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `documentId`)
);
--> statement-breakpoint
CREATE TABLE `linearInitiative` (
	`account` text NOT NULL,
	`initiativeId` text NOT NULL,
	`name` text NOT NULL,
	`status` text,
	`owner` text,
	`health` text,
	`targetDate` text,
	`updatedAt` text,
	`archived` integer NOT NULL,
	`url` text,
	PRIMARY KEY(`account`, `initiativeId`)
);
--> statement-breakpoint
CREATE TABLE `linearIssue` (
	`account` text NOT NULL,
	`issueId` text NOT NULL,
	`identifier` text NOT NULL,
	`title` text NOT NULL,
	`team` text,
	`state` text,
	`stateType` text,
	`priority` text,
	`estimate` real,
	`assignee` text,
	`creator` text,
	`labels` text,
	`project` text,
	`milestone` text,
	`cycle` text,
	`parent` text,
	`dueDate` text,
	`createdAt` text,
	`updatedAt` text,
	`startedAt` text,
	`completedAt` text,
	`canceledAt` text,
	`archived` integer NOT NULL,
	`url` text,
	PRIMARY KEY(`account`, `issueId`)
);
--> statement-breakpoint
CREATE TABLE `linearProject` (
	`account` text NOT NULL,
	`projectId` text NOT NULL,
	`name` text NOT NULL,
	`status` text,
	`lead` text,
	`health` text,
	`priority` text,
	`progress` real,
	`startDate` text,
	`targetDate` text,
	`completedAt` text,
	`updatedAt` text,
	`archived` integer NOT NULL,
	`url` text,
	PRIMARY KEY(`account`, `projectId`)
);
