/** Reads one kind of item repository by repository: where each stands, and what becomes of one that cannot be read. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { readCheckpoint } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import { ForbiddenError, MissingError, RequestRefusedError } from "@/core/services/http/errors";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import type { Chosen, Repository } from "../repositories";

/** GitHub's times are whole seconds, and its lists may lag behind a change by some. */
export const OVERLAP_MS = 60_000;

/** The day that a person chose, as a time. */
export function sinceOption(day: string | undefined): string | null {
  return day === undefined ? null : new Date(day).toISOString();
}

const stateSchema = z.object({
  /** Name at the last reading: after a renaming everything is rendered anew, because names and links changed. */
  name: z.string(),
  /** A `Watermark`, or null. */
  mark: z.json(),
  /** ETags of answers, by what was asked. */
  etags: z.record(z.string(), z.string()),
  /** When comments were last looked through for changes of their own, and how far. */
  comments: z.object({ at: z.string(), mark: z.json() }).optional(),
});
/** Where the reading of one repository stands. */
export type RepositoryState = z.infer<typeof stateSchema>;

const cursorSchema = z.object({
  states: z.record(z.string(), stateSchema),
  /** The run of a listing under way, and the last repository that is done in it. */
  after: z.object({ runId: z.string(), id: z.number() }).optional().catch(undefined),
});

/**
 * A page of one repository; `state` with its last one. `beside` tells pages apart whose items may be listed once more,
 * with another repository: that is no listing gone round.
 */
export type Part<Item> = Omit<Page<Item>, "cursor"> & {
  state?: Omit<RepositoryState, "name">;
  beside?: string;
};

export interface RepositoryListing<Item> {
  directory: () => Promise<Chosen>;
  /** Whether the repository has this kind of item. */
  applies: (repository: Repository) => boolean;
  /**
   * @param state undefined: read everything.
   * @param place the database, and the keys that are stored of the repository.
   */
  read: (
    repository: Repository,
    state: RepositoryState | undefined,
    place: { db: Db; stored: readonly string[] },
  ) => AsyncGenerator<Part<Item>>;
  /** Keys of stored items by repository id. */
  stored: (db: Db) => Promise<ReadonlyMap<string, string[]>>;
}

/** Pages of a stream over all chosen repositories. What is stored of others is no longer ours to see: it is hidden. */
export async function* perRepository<Item>(
  listing: RepositoryListing<Item>,
  request: PageRequest,
): AsyncGenerator<Page<Item>> {
  const inside = cursorSchema.safeParse(request.cursor).data;
  const { repositories, missing } = await listing.directory();
  const read = repositories.filter((one) => one.disabled !== true && listing.applies(one));
  const stored = await listing.stored(request.db);
  const ids = new Set(read.map(({ id }) => String(id)));
  const states = new Map(Object.entries(inside?.states ?? {}).filter(([id]) => ids.has(id)));
  const { runId } = request.context;
  // Where a sync failed for good, the next one begins with the first repository again.
  let after = inside?.after?.runId === runId ? inside.after : undefined;
  const cursor = (beside?: string): JsonValue => ({
    states: Object.fromEntries(states),
    ...(after === undefined ? {} : { after }),
    ...(beside === undefined ? {} : { beside }),
  });
  const left = [...stored].flatMap(([id, keys]) => (ids.has(id) ? [] : keys));
  if (left.length > 0) yield { items: [], removed: hidden(left), cursor: cursor() };
  for (const repository of read) {
    if (after !== undefined && repository.id <= after.id) continue;
    const id = String(repository.id);
    const known = request.mode === "incremental" ? states.get(id) : undefined;
    const state = known?.name === repository.full_name ? known : undefined;
    const place = { db: request.db, stored: stored.get(id) ?? [] };
    try {
      for await (const { state: reached, beside, ...part } of listing.read(repository, state, place)) {
        if (reached !== undefined) {
          states.set(id, { ...reached, name: repository.full_name });
          after = { runId, id: repository.id };
        }
        if (!isEmpty(part)) yield { ...part, cursor: cursor(beside) };
      }
    } catch (error) {
      const lost = lostRepository(error, repository, place.stored);
      if (lost === undefined) throw error;
      // What is hidden now has to be read whole when it can be seen again.
      states.delete(id);
      yield { ...lost, cursor: cursor() };
    }
  }
  const gone = missing.length === 0 ? {} : { incomplete: notThere(missing) };
  const reached = Object.fromEntries(states);
  yield { items: [], ...gone, cursor: { states: reached }, watermark: { states: reached } };
}

/** Where the last reading of a repository stood, for a full sync, which begins anew. */
export async function lastState(
  { db, context }: PageRequest,
  stream: string,
  { id }: Repository,
): Promise<RepositoryState | undefined> {
  const { integration, account } = context;
  const last = await readCheckpoint(db, { integration, account, stream }, "incremental");
  return cursorSchema.safeParse(last?.cursor).data?.states[String(id)];
}

function isEmpty<Item>({
  items,
  removed = [],
  skipped = [],
  incomplete,
}: Omit<Page<Item>, "cursor">): boolean {
  return items.length + removed.length + skipped.length === 0 && incomplete === undefined;
}

function hidden(keys: readonly string[]) {
  return keys.map((key) => ({ key, state: "hidden" as const }));
}

/** 410: switched off for good. 403, 404, 451: not ours to see now, which may pass. Anything else is no one repository's. */
function lostRepository(
  error: unknown,
  { full_name }: Repository,
  keys: readonly string[],
): Omit<Page<never>, "cursor"> | undefined {
  const isGone = error instanceof MissingError && error.status === 410;
  if (isGone) return { items: [], removed: keys.map((key) => ({ key, state: "gone" as const })) };
  const isLegal = error instanceof RequestRefusedError && error.status === 451;
  if (!isLegal && !(error instanceof MissingError) && !(error instanceof ForbiddenError)) return undefined;
  return {
    items: [],
    removed: hidden(keys),
    incomplete: `${full_name} could not be read: ${messageOf(error)}`,
  };
}

function notThere(missing: readonly string[]): string {
  return `${missing.join(", ")} cannot be seen with this token: renamed, deleted or not shared with it.`;
}
