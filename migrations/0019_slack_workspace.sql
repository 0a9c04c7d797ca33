ALTER TABLE `slackChannel` ADD `workspace` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `slackChannel` ADD `url` text DEFAULT '' NOT NULL;