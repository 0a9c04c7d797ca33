/** What the installation keeps beside its tables: JSON by key. Whoever reads parses; a value may be of another version. */
import { eq } from "drizzle-orm";
import { setting } from "@/core/db/schema";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";

/** Undefined where nothing is kept under this key. */
export async function readSetting(db: Db, key: string): Promise<JsonValue | undefined> {
  const [row] = await db.select({ value: setting.value }).from(setting).where(eq(setting.key, key));
  return row?.value;
}

/** Keeps a value in the place of the one before. */
export async function saveSetting(db: Db, key: string, value: JsonValue): Promise<void> {
  await db.insert(setting).values({ key, value }).onConflictDoUpdate({ target: setting.key, set: { value } });
}

export async function removeSetting(db: Db, key: string): Promise<void> {
  await db.delete(setting).where(eq(setting.key, key));
}
