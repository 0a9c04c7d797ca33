import { expect, test } from "bun:test";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashEmbedder } from "@/core/services/index/hash-embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { embedArtifacts } from "@/core/services/index/vector-texts";
import { nextQueued, storeQueued } from "@/core/services/index/embed-queue";
import { dropOldVersions, switchWhenComplete, wantVersion } from "@/core/services/index/vector-versions";
import type { Db } from "@/core/models/database";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { VectorsInUse } from "./vectors-in-use";

async function switchTo(db: Db, embedder: typeof hashEmbedder): Promise<void> {
  await wantVersion(db, embedder);
  const waiting = await nextQueued(db, embedder.id, 0, 10);
  const vectors = await embedArtifacts(
    embedder,
    waiting.map(({ texts }) => texts),
    () => Promise.resolve(),
  );
  const done = waiting.flatMap((artifact, at) => {
    const made = vectors[at];
    return made === undefined ? [] : [{ artifact, vectors: made }];
  });
  await storeQueued(db, done);
  await switchWhenComplete(db);
}

test("the file of a model that was replaced goes with its vectors, and no other file", async () => {
  await using database = await temporaryDatabase();
  using folder = temporaryFolder();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("a", "one"), artifactRow("b", "two")]);
  const others = ["bits", "bits-notes", "bits-0123456789", "other-01234567"];
  for (const name of others) writeFileSync(join(folder.path, name), "kept");
  const bits = () => readdirSync(folder.path).filter((name) => !others.includes(name));
  const embedderOf = ({ model }: { model: string }) =>
    model === hashEmbedder.id ? hashEmbedder : inlineEmbedder;
  const vectors = new VectorsInUse({ db, embedderOf, path: join(folder.path, "bits") });
  await vectors.maintain();
  const [before] = bits();
  await switchTo(db, hashEmbedder);
  await vectors.maintain();
  expect(bits()).toHaveLength(2);
  await dropOldVersions(db);
  await vectors.maintain();
  expect(bits()).toHaveLength(1);
  expect(bits()).not.toContain(before ?? "");
  expect(readdirSync(folder.path)).toEqual(expect.arrayContaining(others));
});
