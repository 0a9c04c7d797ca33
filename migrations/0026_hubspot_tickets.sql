CREATE TABLE `hubspotTicket` (
	`account` text NOT NULL,
	`owner` text,
	`ticketId` text NOT NULL,
	`name` text NOT NULL,
	`pipeline` text,
	`stage` text,
	`closed` integer NOT NULL,
	`priority` text,
	`category` text,
	`closedAt` text,
	`companies` text NOT NULL,
	`contacts` text NOT NULL,
	`deals` text NOT NULL,
	`createdAt` text,
	`updatedAt` text,
	PRIMARY KEY(`account`, `ticketId`)
);
--> statement-breakpoint
ALTER TABLE `hubspotActivity` ADD `status` text;--> statement-breakpoint
ALTER TABLE `hubspotActivity` ADD `tickets` text;