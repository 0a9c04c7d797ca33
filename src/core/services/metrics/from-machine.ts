import { statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Registry } from "prom-client";
import { gaugeOf } from "./read-at-scrape";

/** Registers what is read from the machine at each scrape: sizes of files, free space, memory. */
export function registerMachineMetrics(registry: Registry, databasePath: string): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    gaugeOf(registry, { name, help }, async () => [{ value: await read() }]);
  gauge("db_bytes", "Size of the database file", () => sizeOf(databasePath));
  gauge("wal_bytes", "Size of the write-ahead log", () => sizeOf(`${databasePath}-wal`));
  gauge("disk_free_bytes", "Free space on the disk of the database", async () => {
    const { bavail, bsize } = await statfs(dirname(databasePath));
    return bavail * bsize;
  });
  gauge("process_rss_bytes", "Memory of the server process", () => process.memoryUsage.rss());
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
