CREATE TABLE `zendeskArticle` (
	`account` text NOT NULL,
	`articleId` text NOT NULL,
	`title` text NOT NULL,
	`category` text,
	`section` text,
	`author` text,
	`locale` text,
	`labels` text NOT NULL,
	`segment` text,
	`editedAt` text,
	`url` text,
	PRIMARY KEY(`account`, `articleId`)
);
