import type { Db } from "@/core/models/database";

/** Changes whenever anything was written to the database, by this connection or any other. */
export async function databaseVersion(db: Db): Promise<string> {
  const [others] = await db.raw.all("PRAGMA data_version");
  const [own] = await db.raw.all("SELECT total_changes() AS changes");
  return `${String(others?.["data_version"])}:${String(own?.["changes"])}`;
}
