import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@/core/models/artifact";
import type { SyncMode } from "@/core/models/sync";
import { ForbiddenError, MissingError, RequestRefusedError } from "@/core/services/http/errors";
import type { PageRequest } from "@/core/services/sync/stream";
import type { Repository } from "../repositories";
import { type Part, perRepository, type RepositoryState } from "./per-repository";

const repository = (id: number, full_name = `acme/r${id}`): Repository => ({ id, full_name, topics: [] });
const reached = { mark: null, etags: { a: "1" } };

interface Given {
  repositories?: Repository[];
  missing?: string[];
  stored?: Record<string, string[]>;
  cursor?: JsonValue;
  mode?: SyncMode;
  runId?: string;
  read?: (one: Repository, state: RepositoryState | undefined) => AsyncGenerator<Part<string>>;
}

const oneItem = async function* ({ id }: Repository): AsyncGenerator<Part<string>> {
  yield { items: [`item ${id}`] };
  yield { items: [], state: reached };
};

/** All pages of a listing, and with which state each repository was read. */
async function pages({
  repositories = [repository(1), repository(2)],
  missing = [],
  stored = {},
  cursor = null,
  mode = "incremental",
  runId = "run 1",
  read = oneItem,
}: Given) {
  const known = new Map<number, RepositoryState | undefined>();
  const listing = perRepository<string>(
    {
      directory: () => Promise.resolve({ repositories, missing }),
      applies: ({ id }) => id < 100,
      read: (one, state) => {
        known.set(one.id, state);
        return read(one, state);
      },
      stored: () => Promise.resolve(new Map(Object.entries(stored))),
    },
    // This part asks for neither the database nor more of the context.
    { cursor, mode, context: { runId } } as unknown as PageRequest,
  );
  return { all: await Array.fromAsync(listing), known };
}

describe("a listing by repository", () => {
  test("notes after each where it stands, and hands all states to the next incremental sync", async () => {
    const { all } = await pages({});
    expect(all.map(({ items }) => items)).toEqual([["item 1"], ["item 2"], []]);
    expect(all[1]?.cursor).toMatchObject({
      after: { runId: "run 1", id: 1 },
      states: { 1: { name: "acme/r1" } },
    });
    expect(all[2]?.cursor).toEqual(all[2]?.watermark ?? null);
    expect(all[2]?.watermark).toMatchObject({ states: { 1: reached, 2: reached } });
  });

  test("that was stopped goes on behind the last repository that is done", async () => {
    const first = await pages({});
    const { all, known } = await pages({ cursor: first.all[1]?.cursor ?? null });
    expect([...known.keys()]).toEqual([2]);
    expect(all.at(-1)?.watermark).toEqual(first.all.at(-1)?.watermark ?? null);
  });

  test("that failed is no reason for the next sync to pass over what it had read", async () => {
    const first = await pages({});
    const { known } = await pages({ cursor: first.all[1]?.cursor ?? null, runId: "run 2" });
    expect([...known].map(([id, state]) => [id, state?.name])).toEqual([
      [1, "acme/r1"],
      [2, undefined],
    ]);
  });

  test("reads one whole that is new, renamed, or asked for by a full sync", async () => {
    const before = (await pages({})).all.at(-1)?.watermark ?? null;
    const now = [repository(1), repository(2, "acme/renamed"), repository(3)];
    const { known } = await pages({ repositories: now, cursor: before });
    expect([...known].map(([id, state]) => [id, state?.name])).toEqual([
      [1, "acme/r1"],
      [2, undefined],
      [3, undefined],
    ]);
    const full = await pages({ repositories: now, cursor: before, mode: "full" });
    expect([...full.known.values()]).toEqual([undefined, undefined, undefined]);
  });

  test("hides first what is stored of repositories that are no longer read", async () => {
    const off = { ...repository(2), disabled: true };
    const { all } = await pages({
      repositories: [repository(1), off, repository(100)],
      stored: { 1: ["a"], 2: ["b"], 7: ["c"], 100: ["d"] },
    });
    expect(all[0]).toMatchObject({
      items: [],
      removed: [
        { key: "b", state: "hidden" },
        { key: "c", state: "hidden" },
        { key: "d", state: "hidden" },
      ],
    });
    expect(all.slice(1).flatMap(({ removed = [] }) => removed)).toEqual([]);
  });

  test("takes nothing for deleted when a repository that was named is not there", async () => {
    const { all } = await pages({ missing: ["acme/gone"] });
    expect(all.at(-1)?.incomplete).toBe(
      "acme/gone cannot be seen with this token: renamed, deleted or not shared with it.",
    );
  });
});

describe("a repository that cannot be read", () => {
  const failing = (error: Error) =>
    async function* (one: Repository): AsyncGenerator<Part<string>> {
      if (one.id !== 1) return yield* oneItem(one);
      yield { items: ["item of before"] };
      throw error;
    };
  const refusal = { detail: "" };
  const stored = { 1: ["x", "y"], 2: ["z"] };

  test.each<[string, Error]>([
    ["closed", new ForbiddenError("No.", { ...refusal, status: 403 })],
    ["missing", new MissingError("No.", { ...refusal, status: 404 })],
    ["blocked by law", new RequestRefusedError("No.", { ...refusal, status: 451 })],
  ])(
    "because it is %s hides what is known of it, keeps the others, and is read whole when it is back",
    async (_case, error) => {
      const before = (await pages({})).all.at(-1)?.watermark ?? null;
      const { all } = await pages({ stored, cursor: before, read: failing(error) });
      const lost = all.find(({ incomplete }) => incomplete !== undefined);
      expect(lost).toMatchObject({
        removed: [
          { key: "x", state: "hidden" },
          { key: "y", state: "hidden" },
        ],
        incomplete: "acme/r1 could not be read: No.",
      });
      expect(all.flatMap(({ items }) => items)).toEqual(["item of before", "item 2"]);
      const { known } = await pages({ stored, cursor: all.at(-1)?.watermark ?? null });
      expect([known.get(1), known.get(2)?.name]).toEqual([undefined, "acme/r2"]);
    },
  );

  test("because its kind was switched off for good loses what is known of it", async () => {
    const { all } = await pages({
      stored,
      read: failing(new MissingError("Off.", { ...refusal, status: 410 })),
    });
    const lost = all.find(({ removed }) => removed !== undefined);
    expect(lost?.removed).toEqual([
      { key: "x", state: "gone" },
      { key: "y", state: "gone" },
    ]);
    expect(all.some(({ incomplete }) => incomplete !== undefined)).toBe(false);
  });

  test("for any other reason ends the sync", async () => {
    const error = new RequestRefusedError("Validation failed.", { ...refusal, status: 422 });
    expect(await pages({ read: failing(error) }).catch((reason: unknown) => reason)).toBe(error);
  });
});
