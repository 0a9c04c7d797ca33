import { describe, expect, test } from "bun:test";
import { CursorExpiredError, TransientError } from "@/core/models/errors";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, liveArtifacts, syncShelf } from "@test/shelf-syncs";
import { PageWatch } from "./page-watch";

describe("an expired cursor", () => {
  test("starts its window again; what was read is not read twice, and nothing is missed", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 8);
    let expired = 0;
    shelf.beforePage = (index) => {
      if (index === 2 && expired++ === 0) throw new CursorExpiredError("The cursor has expired.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app, "full")).toMatchObject({ state: "succeeded", inserted: 8, deleted: 0 });
    expect(shelf.rendered).toHaveLength(8);
    expect(shelf.listed.filter((cursor) => cursor === null)).toHaveLength(2);
  });

  test("begins where the stream says its window begins", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 8);
    let expired = 0;
    shelf.beforePage = (index) => {
      if (index === 2 && expired++ === 0) throw new CursorExpiredError("Expired.", { windowStart: "n002" });
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    expect(await syncShelf(app, "full")).toMatchObject({ state: "succeeded", inserted: 8, deleted: 0 });
    expect(shelf.listed).toEqual([null, "n002", "n002", "n005"]);
  });

  test("stored by an earlier sync and expired meanwhile goes back to the oldest change of interest", async () => {
    const shelf = createShelf("Shelf", 3, { enumerates: ["full"] });
    fillShelf(shelf, 4);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    shelf.listed.length = 0;
    let expired = 0;
    shelf.beforePage = () => {
      if (expired++ === 0) throw new CursorExpiredError("Expired.");
    };
    expect(await syncShelf(app)).toMatchObject({ state: "succeeded", unchanged: 4 });
    expect(shelf.listed[0]).toBeNull();
  });

  test("is not started again for ever", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 8);
    shelf.beforePage = (index) => {
      if (index === 1) throw new CursorExpiredError("The cursor has expired.");
    };
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await syncShelf(app, "full");
    expect(run.state).toBe("failed");
    expect(run.error).toContain("forgot 4 times");
    expect(await liveArtifacts(app)).toHaveLength(3);
  });
});

describe("pages that lead nowhere", () => {
  test("end the sync when a page comes with the cursor and the items of an earlier one", async () => {
    const shelf = createShelf("Shelf", 3, {
      async *pages() {
        for (;;) yield { items: [...shelf.notes.values()], cursor: "same" };
      },
    });
    fillShelf(shelf, 2);
    await using app = await testApp({ integrations: [shelf.integration] });
    const run = await syncShelf(app, "full");
    expect(run).toMatchObject({ state: "failed", deleted: 0 });
    expect(run.error).toContain("Pagination is stuck");
    expect(await liveArtifacts(app)).toHaveLength(2);
  });

  test("are noticed in circles of any length, and not where items differ", () => {
    const round = (length: number) => {
      const watch = new PageWatch();
      for (let page = 0; page < 200; page++) {
        const key = `k${page % length}`;
        watch.check({ items: [1], cursor: key }, [key]);
      }
    };
    for (const length of [1, 2, 3, 7, 40]) expect(() => round(length)).toThrow("Pagination is stuck");
    const watch = new PageWatch();
    for (let page = 0; page < 200; page++) watch.check({ items: [1], cursor: null }, [`k${page}`]);
  });

  test("may be empty for long while the cursor moves, but not for ever while it stands still", () => {
    const watch = new PageWatch();
    for (let page = 0; page < 3_000; page++) watch.check({ items: [], cursor: page }, []);
    expect(() => {
      for (let page = 0; page < 100; page++) watch.check({ items: [], cursor: "same" }, []);
    }).toThrow("empty pages in a row");
  });
});

describe("an incomplete listing", () => {
  test("stays incomplete when it is picked up again after trouble: nothing is taken for deleted", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 9);
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app);
    for (const key of ["n006", "n007", "n008"]) shelf.notes.delete(key);
    let trouble = 0;
    shelf.beforePage = (index) => {
      shelf.extra = index === 0 && trouble === 0 ? { incomplete: "One drawer is locked." } : {};
      if (index === 1 && trouble++ === 0) throw new TransientError("The connection was reset.");
    };
    expect(await syncShelf(app)).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await liveArtifacts(app)).toHaveLength(9);
    shelf.extra = {};
    expect(await syncShelf(app)).toMatchObject({ deleted: 3 });
  });
});
