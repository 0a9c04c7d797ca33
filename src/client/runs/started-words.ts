import type { z } from "zod";
import type { startedSyncSchema } from "@/core/models/api";
import { count } from "./words";

type Started = Pick<z.infer<typeof startedSyncSchema>, "runs">;

/** What a person is told once the server has taken a sync: one that was under way already is not what was asked for. */
export function startedWords(what: string, { runs }: Started): string {
  const before = runs.filter((run) => run.alreadyRunning).length;
  if (before === 0) return `${what} has started.`;
  if (before === runs.length) return "A sync is under way already. Ask again once it has ended.";
  return `${what} has started, but for ${count(before, "account")} with a sync under way already.`;
}
