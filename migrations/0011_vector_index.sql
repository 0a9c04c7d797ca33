CREATE TABLE `vectorIndex` (
	`model` text PRIMARY KEY NOT NULL,
	`dimension` integer NOT NULL,
	`state` text NOT NULL,
	`startedAt` text NOT NULL,
	`activeAt` text,
	`problem` text,
	`problemAt` text
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_contentEmbedding` (
	`rowId` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP TABLE `contentEmbedding`;--> statement-breakpoint
ALTER TABLE `__new_contentEmbedding` RENAME TO `contentEmbedding`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `contentEmbedding_artifact` ON `contentEmbedding` (`artifactId`,`model`,`ordinal`);--> statement-breakpoint
CREATE TABLE `__new_keyPointsEmbedding` (
	`rowId` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP TABLE `keyPointsEmbedding`;--> statement-breakpoint
ALTER TABLE `__new_keyPointsEmbedding` RENAME TO `keyPointsEmbedding`;--> statement-breakpoint
CREATE UNIQUE INDEX `keyPointsEmbedding_artifact` ON `keyPointsEmbedding` (`artifactId`,`model`,`ordinal`);--> statement-breakpoint
CREATE TABLE `__new_questionsAnsweredEmbedding` (
	`rowId` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`artifactId` text NOT NULL,
	`ordinal` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	FOREIGN KEY (`artifactId`) REFERENCES `mdArtifacts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
DROP TABLE `questionsAnsweredEmbedding`;--> statement-breakpoint
ALTER TABLE `__new_questionsAnsweredEmbedding` RENAME TO `questionsAnsweredEmbedding`;--> statement-breakpoint
CREATE UNIQUE INDEX `questionsAnsweredEmbedding_artifact` ON `questionsAnsweredEmbedding` (`artifactId`,`model`,`ordinal`);