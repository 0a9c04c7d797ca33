CREATE TABLE `gmailLabel` (
	`account` text NOT NULL,
	`labelId` text NOT NULL,
	`name` text NOT NULL,
	`own` integer NOT NULL,
	PRIMARY KEY(`account`, `labelId`)
);
--> statement-breakpoint
CREATE TABLE `gmailMessage` (
	`account` text NOT NULL,
	`messageId` text NOT NULL,
	`threadId` text NOT NULL,
	`at` text,
	`fromName` text,
	`fromAddress` text,
	`to` text,
	`cc` text,
	`sent` integer NOT NULL,
	`labels` text,
	`attachments` text,
	PRIMARY KEY(`account`, `messageId`)
);
--> statement-breakpoint
CREATE TABLE `gmailThread` (
	`account` text NOT NULL,
	`threadId` text NOT NULL,
	`subject` text NOT NULL,
	`messages` integer NOT NULL,
	`firstAt` text,
	`lastAt` text,
	`lastFrom` text,
	`lastSent` integer NOT NULL,
	`url` text NOT NULL,
	PRIMARY KEY(`account`, `threadId`)
);
