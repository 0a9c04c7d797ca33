DROP INDEX `mdArtifacts_waiting`;--> statement-breakpoint
CREATE INDEX `mdArtifacts_waitingForIndex` ON `mdArtifacts` (`integration`,`id`) WHERE "deletedAt" IS NULL AND "indexedHash" IS NULL;--> statement-breakpoint
CREATE INDEX `mdArtifacts_waitingForInsights` ON `mdArtifacts` (`integration`,`id`) WHERE "deletedAt" IS NULL AND "insightHash" IS NULL;--> statement-breakpoint
CREATE INDEX `mdArtifacts_sourceId` ON `mdArtifacts` (`integrationArtifactId`);--> statement-breakpoint
CREATE INDEX `mdArtifacts_served` ON `mdArtifacts` (`integration`,`account`,`indexedHash`) WHERE "deletedAt" IS NULL;