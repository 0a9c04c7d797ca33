DROP INDEX `mdArtifacts_waitingForIndex`;--> statement-breakpoint
CREATE INDEX `mdArtifacts_waitingForIndex` ON `mdArtifacts` (`integration`) WHERE "deletedAt" IS NULL AND "indexedHash" IS NULL;