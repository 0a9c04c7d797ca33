import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { silentLogger } from "@/core/services/logger";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import type { Filter } from "../../filters";
import { BitVectors } from "../bit-vectors";
import { VectorThread } from "./vector-thread";

const model = { model: inlineEmbedder.id, dimension: inlineEmbedder.dimension };
const everything: Filter = { sql: "a.live = 1", parameters: [], narrows: false };
const chat: Filter = { sql: "a.live = 1 AND a.integration = ?", parameters: ["chat"], narrows: true };
const rows = [
  artifactRow("keys", "Signing keys are rotated monthly.", { keyPoints: ["Keys change each month."] }),
  artifactRow("travel", "Flights are booked by the travel desk.", { integration: "chat" }),
];

async function opened(entry?: URL) {
  const database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const databasePath = join(database.folder, "stoneturner.db");
  const warnings: string[] = [];
  const log = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const path = join(database.folder, "bits");
  const thread = new VectorThread({ db: database.db, log, path, databasePath, model }, entry);
  const dispose = async () => {
    thread.close();
    await database[Symbol.asyncDispose]();
  };
  return { database, thread, path, warnings, [Symbol.asyncDispose]: dispose };
}

async function embedded(text: string): Promise<Float32Array> {
  const [vector] = await inlineEmbedder.embed([text], "query");
  return vector ?? new Float32Array();
}

test("finds what would be found without it, several at once, under any filter", async () => {
  await using it = await opened();
  const { database, thread } = it;
  const here = new BitVectors({ db: database.db }, model);
  const asked = await Promise.all(["rotate keys", "a flight", "months"].map(embedded));
  for (const filter of [everything, chat]) {
    const answers = await Promise.all(asked.map((query) => thread.candidates(query, filter, 5)));
    const expected = await Promise.all(asked.map((query) => here.candidates(query, filter, 5)));
    expect(answers).toEqual(expected);
    expect(answers[0]?.chunks).toHaveLength(filter === chat ? 1 : 2);
  }
  const [query = new Float32Array()] = asked;
  const { chunks } = await thread.candidates(query, everything, 5, []);
  const known = await thread.cosines(query, [...chunks.map(({ rowId }) => rowId), 99]);
  expect(known).toEqual(new Map(chunks.map(({ rowId, cosine }) => [rowId, cosine])));
  expect(await thread.cosines(query, [])).toEqual(new Map());
});

test("takes in what was written since, and keeps the bits for the next start", async () => {
  await using it = await opened();
  const { database, thread, path } = it;
  const lunch = await embedded("lunch at noon");
  await thread.catchUp();
  await storeAndIndex(database.db, [artifactRow("lunch", "Lunch is at noon.")]);
  const { chunks } = await thread.candidates(lunch, everything, 1, []);
  const [row] = await database.db.raw.all("SELECT no FROM searchArtifact WHERE artifactId = 'lunch'");
  expect(chunks.map(({ no }) => no)).toEqual([Number(row?.["no"])]);
  await thread.maintain();
  expect(existsSync(path)).toBe(true);
});

test("an error is the caller's, and the next call is answered", async () => {
  await using it = await opened();
  const { thread } = it;
  const query = await embedded("rotate keys");
  const broken: Filter = { sql: "a.colour = 1", parameters: [], narrows: true };
  expect(await thread.candidates(query, broken, 1).catch(String)).toContain("no such column");
  expect((await thread.candidates(query, everything, 1)).chunks).toHaveLength(1);
});

test("a thread that cannot start, or fails at each call, leaves the work to the caller and says so", async () => {
  using folder = temporaryFolder();
  const broken = join(folder.path, "broken.ts");
  const code = `import { parentPort } from "node:worker_threads"; parentPort?.on("message", () => { throw new Error("no"); });`;
  await Bun.write(broken, code);
  for (const path of [join(folder.path, "missing.ts"), broken]) {
    await using it = await opened(pathToFileURL(path));
    const { thread, warnings } = it;
    const query = await embedded("rotate keys");
    for (let time = 0; time < 4; time++)
      expect((await thread.candidates(query, everything, 1)).chunks).toHaveLength(1);
    expect(warnings).toHaveLength(3);
  }
});

test("what was asked before it was closed is still answered", async () => {
  await using it = await opened();
  const { thread } = it;
  const asked = thread.candidates(await embedded("rotate keys"), everything, 1);
  thread.close();
  expect((await asked).chunks).toHaveLength(1);
});
