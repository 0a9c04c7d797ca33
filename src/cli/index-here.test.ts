import { expect, test } from "bun:test";
import { countOlder, olderTo } from "@/core/services/index/renewal";
import { testApp } from "@test/app";
import { artifactRow, storeAndIndex } from "@test/search";
import { renewHere } from "./index-here";

test("an index of an earlier version is renewed where no server runs; Ctrl-C stops that, and the next command goes on", async () => {
  const text = "We decided to move the crane to the harbour before May. ".repeat(40);
  const notes: string[] = [];
  const note = (line: string) => void notes.push(line);
  await using app = await testApp({});
  const { db, folder } = app;
  const rows = Array.from({ length: 200 }, (_, n) => artifactRow(`n${n}`, `${text}\n\nNote ${n}.`));
  await storeAndIndex(
    db,
    rows.map((row) => ({ ...row, insightState: "offline", insightHash: row.contentHash })),
  );
  await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
  const stop = new AbortController();
  const renewing = renewHere(app, note, stop.signal);
  while ((await olderTo(db)) === undefined || (await countOlder(db)) === 200) await Bun.sleep(1);
  stop.abort();
  await renewing;
  expect(await countOlder(db)).toBeGreaterThan(0);
  // And nothing of a search that would have to wait for it.
  expect(notes).toEqual(["200 artifacts are indexed anew for this version; that can take minutes."]);
  await using next = await testApp({ home: folder });
  await renewHere(next, note, new AbortController().signal);
  expect(await olderTo(db)).toBeUndefined();
  expect(await countOlder(db)).toBe(0);
});
