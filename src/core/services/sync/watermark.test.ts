import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@/core/models/artifact";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";
import { Watermark } from "./watermark";

const noon = new Date("2026-05-01T12:00:00.000Z");

describe("a watermark", () => {
  test("is the largest time seen, minus the overlap", () => {
    const mark = Watermark.of(null, noon);
    for (const time of ["2026-05-01T10:00:00Z", "2026-05-01T11:00:00+02:00", 0]) mark.see(time);
    expect(Watermark.since(mark.toJSON(), 60_000)).toBe("2026-05-01T09:59:00.000Z");
  });

  test("never passes the source's clock, whatever an item claims", () => {
    const mark = Watermark.of(null, noon);
    mark.see("2999-01-01T00:00:00Z");
    expect(Watermark.since(mark.toJSON(), 0)).toBe(noon.toISOString());
  });

  test("is not moved by times that are missing or cannot be read; they are counted", () => {
    const mark = Watermark.of(null, noon);
    for (const time of [null, undefined, "", "yesterday", Number.NaN, 1e20]) mark.see(time);
    expect(mark.unreadable).toBe(6);
    expect(Watermark.since(mark.toJSON(), 0)).toBeNull();
    expect(Watermark.since("junk", 0)).toBeNull();
  });

  test("keeps the clock of the listing's beginning across an interruption", () => {
    const first = Watermark.of(null, noon);
    first.see("2026-05-01T11:00:00Z");
    const later = Watermark.of(first.toJSON(), new Date("2026-05-01T18:00:00Z"));
    later.see("2026-05-01T17:00:00Z");
    expect(Watermark.since(later.toJSON(), 0)).toBe(noon.toISOString());
  });
});

describe("after a full sync that ended well", () => {
  test("the next incremental one starts from its watermark; after a failed one it does not", async () => {
    const cursors: (JsonValue | null)[] = [];
    const shelf = createShelf("Shelf", 3, {
      enumerates: ["full"],
      async *pages({ cursor, mode, watermark }) {
        if (mode === "incremental") cursors.push(cursor);
        else expect(watermark).toBeNull();
        for (const note of shelf.notes.values()) {
          await shelf.beforePage(0);
          yield {
            items: [note],
            cursor: note.key,
            ...(mode === "full" ? { watermark: { until: note.key } } : {}),
          };
        }
      },
    });
    fillShelf(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    let pages = 0;
    shelf.beforePage = () => {
      if (++pages === 2) throw new TypeError("fell over");
    };
    expect((await syncShelf(app, "full")).state).toBe("failed");
    await syncShelf(app);
    shelf.beforePage = () => undefined;
    await syncShelf(app, "full");
    await syncShelf(app);
    expect(cursors).toEqual([null, { until: "n001" }]);
  });
});
