import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import type { Config } from "@/core/config";
import { newestWrite } from "@/core/db/queries/health";
import type { Db } from "@/core/models/database";
import type { Finding } from "./doctor-finding";
import { runningServer } from "./server-file";

const LEAST_FREE_MB = 500;
const oneDigit = { maximumFractionDigits: 1 };
/** Clocks of one machine may differ by this much between two readings without anything being wrong. */
const CLOCK_SLACK_MS = 5 * 60_000;

/** Free space where the data lies. SQLite needs room for the write-ahead log and for backups. */
export async function checkDisk(home: string): Promise<Finding> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 1_000_000);
  const free = freeMb < 1_000 ? `${freeMb} MB` : `${(freeMb / 1_000).toLocaleString("en-GB", oneDigit)} GB`;
  const message = `${free} are free on the disk of the data folder.`;
  if (freeMb >= LEAST_FREE_MB) return { check: "disk", message };
  return {
    check: "disk",
    message,
    fix: `Make room: at least ${LEAST_FREE_MB} MB, and twice the database for a backup.`,
  };
}

/** Whether the server runs, or could run on its port. */
export async function checkPort(config: Config): Promise<Finding> {
  const server = runningServer(config);
  if (server !== undefined) {
    const answers = await fetch(server.url, { signal: AbortSignal.timeout(3_000) }).then(
      (answer) => answer.status < 500,
      () => false,
    );
    if (answers) return { check: "port", message: `The server runs at ${server.url}.` };
    const message = `A server (process ${server.pid}) is said to run at ${server.url}, but does not answer.`;
    return {
      check: "port",
      message,
      fix: `Stop process ${server.pid} if it hangs, and start the server again.`,
    };
  }
  if (await canListen(config))
    return { check: "port", message: `Port ${config.port} is free for the server.` };
  return {
    check: "port",
    message: `Another program listens on port ${config.port}.`,
    fix: "Stop it, or start Stoneturner on another port: stoneturner serve --port 9100",
  };
}

function canListen({ host, port }: Config): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** A clock that was set back makes new data look older than old data. */
export async function checkClock(db: Db, now: Date = new Date()): Promise<Finding> {
  const newest = await newestWrite(db);
  if (newest === null || Date.parse(newest) <= now.getTime() + CLOCK_SLACK_MS) {
    return { check: "clock", message: `The clock says ${now.toISOString()}, and nothing is dated later.` };
  }
  return {
    check: "clock",
    message: `The newest data is dated ${newest}, but the clock says ${now.toISOString()}.`,
    fix: "Set the machine's clock right; let it follow a time server.",
  };
}
