import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { insertArtifact } from "@test/insight-artifacts";
import { waitingIntegrations } from "./recover";

const done = { insightHash: "h", indexedHash: "h" };

test("what an earlier process left waiting is found, whatever it waits for, and nothing else", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await insertArtifact(db, { id: "done", integration: "finished", ...done });
  await insertArtifact(db, { id: "gone", integration: "emptied", deletedAt: "2026-01-01T00:00:00.000Z" });
  await insertArtifact(db, { id: "index", integration: "notes", ...done, indexedHash: null });
  await insertArtifact(db, { id: "insights", integration: "chat", ...done, insightHash: null });
  await insertArtifact(db, { id: "both", integration: "chat" });
  expect((await waitingIntegrations(db)).toSorted()).toEqual(["chat", "notes"]);
});
