import { z } from "zod";
import type { Db } from "@/core/models/database";

const columnSchema = z.object({ name: z.string(), type: z.string() });
export type TableColumn = z.infer<typeof columnSchema>;

/** Columns of a table in their order, with their declared types. Empty when there is no such table. */
export async function tableColumns(db: Db, table: string): Promise<TableColumn[]> {
  const rows = await db.raw.all("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", [table]);
  return z.array(columnSchema).parse(rows);
}
