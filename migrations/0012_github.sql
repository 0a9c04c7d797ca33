CREATE TABLE `githubClosing` (
	`account` text NOT NULL,
	`threadId` text NOT NULL,
	`issue` text NOT NULL,
	PRIMARY KEY(`account`, `threadId`, `issue`)
);
--> statement-breakpoint
CREATE TABLE `githubComment` (
	`account` text NOT NULL,
	`commentId` text NOT NULL,
	`threadId` text NOT NULL,
	`kind` text NOT NULL,
	`author` text,
	`state` text,
	`path` text,
	`createdAt` text,
	`updatedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `commentId`)
);
--> statement-breakpoint
CREATE INDEX `githubComment_thread` ON `githubComment` (`account`,`threadId`);--> statement-breakpoint
CREATE INDEX `githubComment_author` ON `githubComment` (`author`);--> statement-breakpoint
CREATE TABLE `githubCommit` (
	`account` text NOT NULL,
	`threadId` text NOT NULL,
	`sha` text NOT NULL,
	`headline` text NOT NULL,
	`author` text,
	`committedAt` text,
	PRIMARY KEY(`account`, `threadId`, `sha`)
);
--> statement-breakpoint
CREATE TABLE `githubFile` (
	`account` text NOT NULL,
	`fileId` text NOT NULL,
	`repositoryId` text NOT NULL,
	`kind` text NOT NULL,
	`path` text NOT NULL,
	`sha` text NOT NULL,
	`title` text NOT NULL,
	`url` text,
	PRIMARY KEY(`account`, `fileId`)
);
--> statement-breakpoint
CREATE INDEX `githubFile_repository` ON `githubFile` (`account`,`repositoryId`,`kind`);--> statement-breakpoint
CREATE TABLE `githubLabel` (
	`account` text NOT NULL,
	`threadId` text NOT NULL,
	`label` text NOT NULL,
	PRIMARY KEY(`account`, `threadId`, `label`)
);
--> statement-breakpoint
CREATE INDEX `githubLabel_label` ON `githubLabel` (`label`);--> statement-breakpoint
CREATE TABLE `githubRelease` (
	`account` text NOT NULL,
	`releaseId` text NOT NULL,
	`repositoryId` text NOT NULL,
	`tag` text NOT NULL,
	`name` text,
	`isDraft` integer NOT NULL,
	`isPrerelease` integer NOT NULL,
	`author` text,
	`publishedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `releaseId`)
);
--> statement-breakpoint
CREATE TABLE `githubRepository` (
	`account` text NOT NULL,
	`repositoryId` text NOT NULL,
	`fullName` text NOT NULL,
	`description` text,
	`visibility` text,
	`isArchived` integer NOT NULL,
	`isFork` integer NOT NULL,
	`defaultBranch` text,
	`language` text,
	`topics` text NOT NULL,
	`stars` integer NOT NULL,
	`pushedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `repositoryId`)
);
--> statement-breakpoint
CREATE TABLE `githubThread` (
	`account` text NOT NULL,
	`threadId` text NOT NULL,
	`repositoryId` text NOT NULL,
	`kind` text NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`stateReason` text,
	`category` text,
	`author` text,
	`assignees` text NOT NULL,
	`milestone` text,
	`reviewDecision` text,
	`baseBranch` text,
	`headBranch` text,
	`additions` integer,
	`deletions` integer,
	`changedFiles` integer,
	`comments` integer NOT NULL,
	`createdAt` text,
	`updatedAt` text,
	`closedAt` text,
	`mergedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `threadId`)
);
--> statement-breakpoint
CREATE INDEX `githubThread_repository` ON `githubThread` (`account`,`repositoryId`,`kind`);--> statement-breakpoint
CREATE INDEX `githubThread_updated` ON `githubThread` (`updatedAt`);