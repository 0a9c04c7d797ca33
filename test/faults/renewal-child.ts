/** The process that is killed while it renews the index of the database it is given. */
import { openDatabase } from "@/core/db/open";
import { silentLogger } from "@/core/services/logger";
import { CatchUp } from "@/core/services/sync/catch-up";

const [path = ""] = process.argv.slice(2);
const { db } = openDatabase(path);
await new CatchUp({ db, log: silentLogger, signal: new AbortController().signal }).withAll();
process.exit(0);
