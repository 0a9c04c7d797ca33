import { z } from "zod";
import { readSetting, saveSetting } from "@/core/db/queries/settings";
import type { Db } from "@/core/models/database";
import type { RequestCounter } from "./daily-budget";

const countSchema = z.object({ day: z.string(), count: z.int().min(0) }).catch({ day: "", count: 0 });

/** A day's request count of one credential, kept in the `setting` table. Only the latest day is remembered. */
export function createRequestCounter(db: Db, credentialKey: string): RequestCounter {
  const key = `http.requests.${credentialKey}`;
  const read = async (from: Db, day: string): Promise<number> => {
    const stored = countSchema.parse(await readSetting(from, key));
    return stored.day === day ? stored.count : 0;
  };
  return {
    read: (day) => read(db, day),
    add: (day, requests) =>
      db.transaction(async (tx) => {
        const value = { day, count: (await read(tx, day)) + requests };
        await saveSetting(tx, key, value);
        return value.count;
      }),
  };
}
