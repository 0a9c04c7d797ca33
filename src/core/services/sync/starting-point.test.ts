/** Where a sync begins after one that was left off. */
import { expect, test } from "bun:test";
import { PermanentError } from "@/core/models/errors";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, liveArtifacts, syncShelf } from "@test/shelf-syncs";

test("what the first full sync brought before it was left off, and is gone since, goes with one more full sync", async () => {
  const shelf = createShelf("Shelf", 3, { enumerates: ["full"] });
  fillShelf(shelf, 7);
  await using app = await testApp({ integrations: [shelf.integration] });
  shelf.beforePage = (index) => {
    if (index === 1) throw new PermanentError("The shelf fell down.", { action: "Put it up again." });
  };
  expect(await syncShelf(app, "full")).toMatchObject({ state: "failed", inserted: 3 });
  shelf.beforePage = () => undefined;
  shelf.notes.delete("n001");
  expect(await syncShelf(app)).toMatchObject({ mode: "incremental", state: "succeeded", deleted: 0 });
  expect(await liveArtifacts(app)).toHaveLength(7);
  expect(await syncShelf(app)).toMatchObject({ mode: "full", state: "succeeded", deleted: 1 });
  expect(await liveArtifacts(app)).toHaveLength(6);
  expect(await syncShelf(app)).toMatchObject({ mode: "incremental" });
});

test("many that are gone after a first full sync was left off are held without a word of another account", async () => {
  const shelf = createShelf("Shelf", 60, { enumerates: ["full"] });
  fillShelf(shelf, 150);
  await using app = await testApp({ integrations: [shelf.integration] });
  shelf.beforePage = (index) => {
    if (index === 2) throw new PermanentError("The shelf fell down.", { action: "Put it up again." });
  };
  await syncShelf(app, "full");
  shelf.beforePage = () => undefined;
  await syncShelf(app);
  shelf.notes.clear();
  const { state, cause, error } = await syncShelf(app);
  expect({ state, cause }).toEqual({
    state: "failed",
    cause: { kind: "mass-deletion", missing: 150, of: 150 },
  });
  expect(error).toStartWith("The source no longer lists 150 of 150 items");
});

test("a source whose first sync is an incremental one is not read twice", async () => {
  const shelf = createShelf("Shelf", 3, { enumerates: ["full"] });
  fillShelf(shelf, 4);
  await using app = await testApp({ integrations: [shelf.integration] });
  for (let time = 0; time < 2; time++) expect(await syncShelf(app)).toMatchObject({ mode: "incremental" });
});
