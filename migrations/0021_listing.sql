DROP INDEX `mdArtifacts_update`;--> statement-breakpoint
DROP INDEX `mdArtifacts_insights`;--> statement-breakpoint
CREATE INDEX `mdArtifacts_listing` ON `mdArtifacts` (`updateDate`,`id`,`integration`,`kind`,`title`,`author`,`integrationArtifactId`,`artifactDate`,`deletedAt`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_insights` ON `mdArtifacts` (`insightState`,`deletedAt`);