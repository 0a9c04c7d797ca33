CREATE TABLE `accessOwner` (
	`id` text PRIMARY KEY NOT NULL,
	`passwordHash` text NOT NULL,
	`updatedAt` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accessSession` (
	`idHash` text PRIMARY KEY NOT NULL,
	`createdAt` text NOT NULL,
	`lastUsedAt` text NOT NULL,
	`expiresAt` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accessToken` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`scope` text NOT NULL,
	`createdAt` text NOT NULL,
	`expiresAt` text,
	`revokedAt` text,
	`lastUsedAt` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accessToken_hash` ON `accessToken` (`hash`);--> statement-breakpoint
CREATE TABLE `auditEvent` (
	`id` integer PRIMARY KEY NOT NULL,
	`time` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text,
	`outcome` text NOT NULL,
	`address` text,
	`requestId` text
);
--> statement-breakpoint
CREATE INDEX `auditEvent_action` ON `auditEvent` (`action`);--> statement-breakpoint
CREATE INDEX `auditEvent_outcome` ON `auditEvent` (`outcome`);--> statement-breakpoint
CREATE TRIGGER `auditEvent_appendOnly` BEFORE UPDATE ON `auditEvent` BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
