import { eq } from "drizzle-orm";
import { z } from "zod";
import { setting } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RequestCounter } from "./daily-budget";

const countSchema = z.object({ day: z.string(), count: z.int().min(0) }).catch({ day: "", count: 0 });

/** A day's request count of one credential, kept in the `setting` table. Only the latest day is remembered. */
export function createRequestCounter(db: Db, credentialKey: string): RequestCounter {
  const key = `http.requests.${credentialKey}`;
  const read = async (from: Db, day: string): Promise<number> => {
    const [row] = await from.select({ value: setting.value }).from(setting).where(eq(setting.key, key));
    const stored = countSchema.parse(row?.value);
    return stored.day === day ? stored.count : 0;
  };
  return {
    read: (day) => read(db, day),
    add: (day, requests) =>
      db.transaction(async (tx) => {
        const value = { day, count: (await read(tx, day)) + requests };
        await tx
          .insert(setting)
          .values({ key, value })
          .onConflictDoUpdate({ target: setting.key, set: { value } });
        return value.count;
      }),
  };
}
