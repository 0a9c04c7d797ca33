CREATE TABLE `hubspotActivity` (
	`account` text NOT NULL,
	`owner` text,
	`activityId` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`at` text,
	`companies` text NOT NULL,
	`contacts` text NOT NULL,
	`deals` text NOT NULL,
	`createdAt` text,
	`updatedAt` text,
	PRIMARY KEY(`account`, `activityId`)
);
--> statement-breakpoint
CREATE TABLE `hubspotCompany` (
	`account` text NOT NULL,
	`owner` text,
	`companyId` text NOT NULL,
	`name` text NOT NULL,
	`domain` text,
	`industry` text,
	`city` text,
	`country` text,
	`lifecycleStage` text,
	`createdAt` text,
	`updatedAt` text,
	PRIMARY KEY(`account`, `companyId`)
);
--> statement-breakpoint
CREATE TABLE `hubspotContact` (
	`account` text NOT NULL,
	`owner` text,
	`contactId` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`jobTitle` text,
	`lifecycleStage` text,
	`companies` text NOT NULL,
	`createdAt` text,
	`updatedAt` text,
	PRIMARY KEY(`account`, `contactId`)
);
--> statement-breakpoint
CREATE TABLE `hubspotDeal` (
	`account` text NOT NULL,
	`owner` text,
	`dealId` text NOT NULL,
	`name` text NOT NULL,
	`amount` real,
	`currency` text,
	`pipeline` text,
	`stage` text,
	`closed` integer NOT NULL,
	`won` integer NOT NULL,
	`closeDate` text,
	`companies` text NOT NULL,
	`contacts` text NOT NULL,
	`createdAt` text,
	`updatedAt` text,
	PRIMARY KEY(`account`, `dealId`)
);
