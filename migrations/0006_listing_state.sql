ALTER TABLE `syncCheckpoint` ADD `watermark` text;--> statement-breakpoint
ALTER TABLE `syncCheckpoint` ADD `incomplete` text;--> statement-breakpoint
ALTER TABLE `syncItem` ADD `stamp` text;