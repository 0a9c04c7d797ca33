CREATE TABLE `syncSchedule` (
	`id` text PRIMARY KEY NOT NULL,
	`integration` text NOT NULL,
	`account` text NOT NULL,
	`cron` text NOT NULL,
	`timeZone` text NOT NULL,
	`mode` text NOT NULL,
	`enabled` integer NOT NULL,
	`jitterSeconds` integer NOT NULL,
	`nextRunAt` text,
	`lastRunAt` text,
	`pausedReason` text,
	`createdAt` text NOT NULL,
	`updatedAt` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `syncSchedule_account` ON `syncSchedule` (`integration`,`account`,`mode`);--> statement-breakpoint
CREATE INDEX `syncSchedule_due` ON `syncSchedule` (`enabled`,`nextRunAt`);