import { describe, expect, test } from "bun:test";
import { PermanentError } from "@/core/models/errors";
import { nextLink } from "./link-header";
import { allOf, cursorPages, linkPages, numberedPages, offsetPages } from "./pagination";
import { cpuTimeOf } from "@test/cpu-time";

const all = [1, 2, 3, 4, 5];
const failure = async (pages: AsyncIterable<unknown>) => {
  let seen = 0;
  try {
    for await (const page of pages) seen += page === undefined ? 0 : 1;
  } catch (error) {
    return { seen, stuck: error instanceof PermanentError && error.message };
  }
  return { seen, stuck: false };
};

describe("by cursor", () => {
  const listing: Record<string, { items: number[]; next: string | null }> = {
    start: { items: [1, 2], next: "a" },
    a: { items: [], next: "b" },
    b: { items: [3], next: "" },
  };
  const fetch = async (cursor: string | null) => listing[cursor ?? "start"] ?? { items: [], next: null };

  test("goes on over empty pages until the source says end", async () => {
    expect(await Array.fromAsync(cursorPages({ start: null, fetch }))).toEqual([
      { items: [1, 2], cursor: "a" },
      { items: [], cursor: "b" },
      { items: [3], cursor: null },
    ]);
    expect(await Array.fromAsync(cursorPages({ start: "b", fetch }))).toEqual([{ items: [3], cursor: null }]);
  });

  test("asks for a page only when it is wanted", async () => {
    let asked = 0;
    const counting = (cursor: string | null) => fetch(cursor).finally(() => asked++);
    for await (const { items } of cursorPages({ start: null, fetch: counting })) if (items.length > 0) break;
    expect(asked).toBe(1);
  });

  test("a cursor that gives itself is stuck before its page is given twice", async () => {
    const { seen, stuck } = await failure(
      cursorPages({ start: "a", fetch: async () => ({ items: [1], next: "a" }) }),
    );
    expect(seen).toBe(0);
    expect(stuck).toContain("Pagination is stuck: the next page is one that was read before");
  });

  test.each([2, 3, 7, 40])("a circle of %p cursors is found", async (length) => {
    const circle = async (cursor: string | null) => ({
      items: [1],
      next: String((Number(cursor ?? 0) + 1) % length),
    });
    const { seen, stuck } = await failure(cursorPages({ start: null, fetch: circle }));
    expect(stuck).toContain("stuck");
    expect(seen).toBeLessThan(length * 4 + 4);
  });

  test("endless empty pages and endless pages are bounded", async () => {
    let count = 0;
    const endless = (items: number[]) => async () => ({ items, next: String(++count) });
    const empty = await failure(cursorPages({ start: null, fetch: endless([]), limits: { emptyPages: 5 } }));
    expect(empty).toEqual({ seen: 6, stuck: expect.stringContaining("6 empty pages in a row") });
    const full = await failure(cursorPages({ start: null, fetch: endless([1]), limits: { pages: 9 } }));
    expect(full).toEqual({ seen: 9, stuck: expect.stringContaining("no end after 9 pages") });
  });
});

describe("by number and offset", () => {
  test("both list everything, and go on where they are told", async () => {
    const numbered = numberedPages({
      fetch: async (page) => ({ items: all.slice((page - 1) * 2, page * 2), more: page < 3 }),
    });
    expect(await Array.fromAsync(numbered)).toEqual([
      { items: [1, 2], cursor: 2 },
      { items: [3, 4], cursor: 3 },
      { items: [5], cursor: null },
    ]);
    const offsets = offsetPages({
      start: 2,
      fetch: async (offset) => ({ items: all.slice(offset, offset + 2), more: offset + 2 < all.length }),
    });
    expect(await Array.fromAsync(offsets)).toEqual([
      { items: [3, 4], cursor: 4 },
      { items: [5], cursor: null },
    ]);
  });

  test("a source that ignores the number is stuck at its second page", async () => {
    const same = async () => ({ items: [1, 2], more: true });
    expect(await failure(numberedPages({ fetch: same }))).toEqual({
      seen: 1,
      stuck: expect.stringContaining("the same items"),
    });
    expect((await failure(offsetPages({ fetch: same }))).seen).toBe(1);
  });

  test("an empty page that promises more cannot move an offset", async () => {
    const { stuck } = await failure(offsetPages({ fetch: async () => ({ items: [], more: true }) }));
    expect(stuck).toContain("read before");
  });
});

describe("by link", () => {
  test.each([
    ['<https://a.example/x?page=2>; rel="next"', "https://a.example/x?page=2"],
    ['</x?page=1>; rel="prev", </x?page=3>; rel="next"; title="n, e; xt"', "https://a.example/x?page=3"],
    ["<?page=4>;rel=next", "https://a.example/x?page=4"],
    ['<?page=5>; title="a"; REL="last NEXT"', "https://a.example/x?page=5"],
    ['<?page=5>; rel="last"', undefined],
    ["junk", undefined],
    ["", undefined],
    [null, undefined],
  ])("%p leads to %p", (header, next) => {
    expect(nextLink(header, "https://a.example/x")).toBe(next);
  });

  test("follows links and keeps the credential at home", async () => {
    const start = "https://a.example/x";
    const pages = linkPages({
      start,
      fetch: async (url) => ({ items: [url], link: url === start ? '<?page=2>; rel="next"' : null }),
    });
    expect(await Array.fromAsync(pages)).toEqual([
      { items: [start], cursor: `${start}?page=2` },
      { items: [`${start}?page=2`], cursor: null },
    ]);
    const again = { start, fetch: async (url: string) => ({ items: [url], link: null }) };
    expect(await allOf(linkPages(again))).toEqual([start]);
    const away = linkPages({
      start,
      fetch: async () => ({ items: [1], link: '<https://evil.example>; rel="next"' }),
    });
    expect(await failure(away)).toEqual({ seen: 0, stuck: expect.stringContaining("another origin") });
  });

  test("a hostile header takes no time", async () => {
    const took = await cpuTimeOf(() => {
      nextLink(`<${"a>;".repeat(50_000)}`, "https://a.example");
      nextLink(`<a>${'; x="'.repeat(50_000)}`, "https://a.example");
      nextLink(`<a>${" ".repeat(50_000)}`, "https://a.example");
    });
    expect(took).toBeLessThan(1_000);
  });
});
