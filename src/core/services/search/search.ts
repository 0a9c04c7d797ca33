import type { Db } from "@/core/models/database";
import type { Registry, Search } from "@/core/services/app";

export function createSearch(_deps: { db: Db; registry: Registry }): Search {
  throw new Error("not built");
}
