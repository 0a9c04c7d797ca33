CREATE TABLE `firecrawlPage` (
	`account` text NOT NULL,
	`pageId` text NOT NULL,
	`url` text NOT NULL,
	`startUrl` text NOT NULL,
	`site` text NOT NULL,
	`title` text NOT NULL,
	`description` text,
	`language` text,
	`words` integer NOT NULL,
	`publishedAt` text,
	`modifiedAt` text,
	PRIMARY KEY(`account`, `pageId`)
);
--> statement-breakpoint
CREATE TABLE `firecrawlSite` (
	`account` text NOT NULL,
	`startUrl` text NOT NULL,
	`pages` integer NOT NULL,
	`complete` integer NOT NULL,
	`note` text,
	`repeated` text NOT NULL,
	`crawlRun` text NOT NULL,
	PRIMARY KEY(`account`, `startUrl`)
);
