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

/** Free space where the data lies, and where the database does, if that is elsewhere. */
export async function checkDisks({ home, databasePath }: Config): Promise<Finding[]> {
  const database = dirname(databasePath);
  return database === home
    ? [await checkDisk(home, "data folder")]
    : [await checkDisk(home, "data folder"), await checkDisk(database, "database")];
}

/** SQLite needs room for the write-ahead log and for backups. */
async function checkDisk(path: string, what: string): Promise<Finding> {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 1_000_000);
  const free = freeMb < 1_000 ? `${freeMb} MB` : `${(freeMb / 1_000).toLocaleString("en-GB", oneDigit)} GB`;
  const message = `${free} are free on the disk of the ${what}.`;
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
  const refused = await listenRefused(config);
  if (refused === undefined) return { check: "port", message: `Port ${config.port} is free for the server.` };
  return { check: "port", ...withoutPort(config, refused) };
}

function withoutPort({ host, port }: Config, code: string): { message: string; fix: string } {
  const another = "start Stoneturner on another port: stoneturner serve --port 9100";
  if (code === "EADDRINUSE") {
    return { message: `Another program listens on port ${port}.`, fix: `Stop it, or ${another}` };
  }
  if (code === "EACCES") {
    return {
      message: `This user may not listen on port ${port}.`,
      fix: `Ports above 1023 are free to all: ${another}`,
    };
  }
  return {
    message: `The server could not listen on ${host}, port ${port}: ${code}.`,
    fix: "Set STONETURNER_HOST to an address of this machine, or unset it.",
  };
}

/** What the system says where this address cannot be listened on. */
function listenRefused({ host, port }: Config): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host.replace(/^\[(.*)\]$/, "$1"), () => probe.close(() => resolve(undefined)));
  });
}

/** From when on a time that was written cannot be right. */
export const notYet = (now: Date) => new Date(now.getTime() + CLOCK_SLACK_MS).toISOString();

/** A clock that was set back makes new data look older than old data. */
export async function checkClock(db: Db, now: Date = new Date()): Promise<Finding> {
  const newest = await newestWrite(db);
  if (newest === null || newest <= notYet(now)) {
    return { check: "clock", message: `The clock says ${now.toISOString()}, and nothing is dated later.` };
  }
  return {
    check: "clock",
    message: `The newest data is dated ${newest}, but the clock says ${now.toISOString()}.`,
    fix: "Set the machine's clock right; let it follow a time server. If it is right now, bring back what was dated while it was not: stoneturner doctor --settle-dates",
  };
}
