CREATE TABLE `agentCall` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`way` text NOT NULL,
	`tool` text NOT NULL,
	`outcome` text NOT NULL,
	`client` text
);
--> statement-breakpoint
CREATE INDEX `agentCall_way` ON `agentCall` (`way`);