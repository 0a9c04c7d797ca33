CREATE TABLE `chunk` (
	`rowId` integer PRIMARY KEY NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`startLine` integer NOT NULL,
	`endLine` integer NOT NULL,
	`heading` text,
	`text` text NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chunk_artifact` ON `chunk` (`artifactId`,`ordinal`);--> statement-breakpoint
CREATE TABLE `contentEmbedding` (
	`id` text PRIMARY KEY NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contentEmbedding_artifact` ON `contentEmbedding` (`artifactId`,`ordinal`);--> statement-breakpoint
CREATE TABLE `keyPointsEmbedding` (
	`id` text PRIMARY KEY NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keyPointsEmbedding_artifact` ON `keyPointsEmbedding` (`artifactId`,`ordinal`);--> statement-breakpoint
CREATE TABLE `mdArtifacts` (
	`id` text PRIMARY KEY NOT NULL,
	`integrationArtifactId` text NOT NULL,
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`url` text,
	`author` text,
	`updateDate` text NOT NULL,
	`artifactDate` text,
	`markdown` text NOT NULL,
	`keyPoints` text NOT NULL,
	`questionsAnswered` text NOT NULL,
	`entities` text NOT NULL,
	`metadata` text NOT NULL,
	`contentHash` text NOT NULL,
	`insightState` text NOT NULL,
	`insightHash` text,
	`indexedHash` text,
	`deletedAt` text,
	`deletedReason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mdArtifacts_source` ON `mdArtifacts` (`integration`,`account`,`integrationArtifactId`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_integration_date` ON `mdArtifacts` (`integration`,`artifactDate`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_update` ON `mdArtifacts` (`updateDate`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_waiting` ON `mdArtifacts` (`indexedHash`,`integration`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_insights` ON `mdArtifacts` (`insightState`,`integration`);--> statement-breakpoint
CREATE TABLE `questionsAnsweredEmbedding` (
	`id` text PRIMARY KEY NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `questionsAnsweredEmbedding_artifact` ON `questionsAnsweredEmbedding` (`artifactId`,`ordinal`);--> statement-breakpoint
CREATE TABLE `integrationCredential` (
	`id` text PRIMARY KEY NOT NULL,
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`statusReason` text,
	`baseUrl` text,
	`options` text NOT NULL,
	`scopes` text,
	`expiresAt` text,
	`createdAt` text NOT NULL,
	`updatedAt` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `integrationCredential_account` ON `integrationCredential` (`integration`,`account`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sourceContext` (
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`context` text NOT NULL,
	`updatedAt` text NOT NULL,
	PRIMARY KEY(`integration`, `account`)
);
--> statement-breakpoint
CREATE TABLE `syncCheckpoint` (
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`stream` text NOT NULL,
	`mode` text NOT NULL,
	`cursor` text,
	`runId` text NOT NULL,
	`done` integer NOT NULL,
	`updatedAt` text NOT NULL,
	PRIMARY KEY(`integration`, `account`, `stream`, `mode`)
);
--> statement-breakpoint
CREATE TABLE `syncItem` (
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`stream` text NOT NULL,
	`itemKey` text NOT NULL,
	`version` text NOT NULL,
	`state` text NOT NULL,
	`artifactId` text,
	`error` text,
	`attempts` integer NOT NULL,
	`nextAttemptAt` text,
	`updatedAt` text NOT NULL,
	PRIMARY KEY(`integration`, `account`, `stream`, `itemKey`)
);
--> statement-breakpoint
CREATE INDEX `syncItem_artifact` ON `syncItem` (`artifactId`);--> statement-breakpoint
CREATE TABLE `syncRun` (
	`id` text PRIMARY KEY NOT NULL,
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`mode` text NOT NULL,
	`trigger` text NOT NULL,
	`state` text NOT NULL,
	`stage` text,
	`expected` integer,
	`seen` integer NOT NULL,
	`inserted` integer NOT NULL,
	`updated` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`deleted` integer NOT NULL,
	`skipped` integer NOT NULL,
	`failed` integer NOT NULL,
	`resumes` integer NOT NULL,
	`leaseOwner` text,
	`heartbeatAt` text,
	`cancelRequestedAt` text,
	`confirmDeletions` integer NOT NULL,
	`parkedUntil` text,
	`createdAt` text NOT NULL,
	`startedAt` text,
	`finishedAt` text,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `syncRun_source` ON `syncRun` (`integration`,`account`,`createdAt`);--> statement-breakpoint
CREATE INDEX `syncRun_state` ON `syncRun` (`state`);--> statement-breakpoint
CREATE TABLE `syncSeen` (
	`runId` text NOT NULL,
	`stream` text NOT NULL,
	`itemKey` text NOT NULL,
	PRIMARY KEY(`runId`, `stream`, `itemKey`)
);
--> statement-breakpoint
CREATE TABLE `syncTask` (
	`id` text PRIMARY KEY NOT NULL,
	`runId` text,
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`step` text NOT NULL,
	`status` text NOT NULL,
	`inputs` text NOT NULL,
	`counts` text NOT NULL,
	`error` text,
	`retries` integer NOT NULL,
	`createdAt` text NOT NULL,
	`updateDate` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `syncTask_integration` ON `syncTask` (`integration`,`updateDate`);--> statement-breakpoint
CREATE INDEX `syncTask_run` ON `syncTask` (`runId`);--> statement-breakpoint
CREATE INDEX `syncTask_status` ON `syncTask` (`status`,`updateDate`);