import { describe, expect, test } from "bun:test";
import { blockIdIn, encodeForLink, idIn, lastingUrl, plainId, type RenderContext } from "./context";
import { dateRange, linkTo, mention } from "./mention";

const id = "0123456789abcdef0123456789abcdef";
const dashed = "01234567-89ab-cdef-0123-456789abcdef";
const page = `https://app.notion.com/p/${id}`;

const context = (): RenderContext => ({
  pageUrl: page,
  userName: (user) => (user === id ? "Ann" : undefined),
  title: (asked) => (asked === id ? "Tides" : undefined),
  links: [],
});

describe("the id in an address", () => {
  test.each([
    [page],
    [`https://www.notion.so/acme/Tide-table-${id}`],
    [`https://www.notion.so/${dashed}?v=fedcba9876543210fedcba9876543210`],
    [`https://app.notion.com/p/Title-${id.toUpperCase()}#fedcba9876543210fedcba9876543210`],
    [`user://${dashed}`],
    [`collection://${id}`],
    [dashed],
  ])("%s", (url) => {
    expect(idIn(url)).toBe(id);
  });

  test.each([["https://a.example/x"], [""], ["https://www.notion.so/about"], [id.slice(1)]])(
    "%p has none",
    (url) => {
      expect(idIn(url)).toBeUndefined();
    },
  );

  test("of a block is what follows its mark, else the page's", () => {
    const block = "fedcba9876543210fedcba9876543210";
    expect(blockIdIn(`${page}#${block}`)).toBe(block);
    expect(blockIdIn(`${page}#heading`)).toBe(id);
    expect(blockIdIn("https://a.example/#top")).toBeUndefined();
    expect(plainId(dashed.toUpperCase())).toBe(id);
  });
});

describe("an address that lasts", () => {
  test.each([
    ["https://a.example/pier.png?size=2", "https://a.example/pier.png?size=2"],
    ["mailto:ann@a.example", "mailto:ann@a.example"],
    ["/p/abc", "https://app.notion.com/p/abc"],
    ["https://a.example/(x) y<z>", "https://a.example/%28x%29%20y%3Cz%3E"],
  ])("%s stays", (url, lasts) => {
    expect(lastingUrl(url, context())).toBe(lasts);
    expect(encodeForLink(lasts)).toBe(lasts);
  });

  test.each([
    "https://prod-files-secure.s3.us-west-2.amazonaws.com/a/b.png",
    "https://s3.us-west-2.amazonaws.com/secure.notion-static.com/a/b.png",
    "https://file.notion.so/f/a/b.png?expirationTimestamp=1",
    "https://a.example/b.png?x=1&X-Amz-Signature=2",
    "attachment:6f1c:b.png",
    "file://%7B%22source%22%3A%22attachment%22%7D",
    "{{image}}",
    "javascript:alert(1)",
    "data:text/html,<script>",
    "",
  ])("%p gives way to the page's", (url) => {
    expect(lastingUrl(url, context())).toBe(page);
  });
});

describe("a mention", () => {
  const shown = (kind: string, attributes: Record<string, string>, label = "") => {
    const noted = context();
    const piece = mention(kind, attributes, label, noted);
    return { reads: "text" in piece ? piece.text : piece.markup, links: noted.links };
  };

  test("of a person is their name with one at sign, whatever Notion writes", () => {
    expect(shown("user", { url: `user://${dashed}` }).reads).toBe("@Ann");
    expect(shown("user", { url: "user://x" }, "@Bo").reads).toBe("@Bo");
    expect(shown("agent", { url: "user://x" }, "Helper").reads).toBe("@Helper");
    expect(shown("agent", {}).reads).toBe("@someone (agent not known)");
  });

  test("of a page, database or data source is a link, and noted to be followed", () => {
    expect(shown("page", { url: page })).toEqual({
      reads: `[Tides](${page})`,
      links: [{ id, kind: "page", contains: false }],
    });
    expect(shown("database", { url: page }, "Parts").links[0]?.kind).toBe("database");
    expect(shown("data-source", { url: `collection://${id}` }, "Parts")).toEqual({
      reads: `[Parts](${page})`,
      links: [{ id, kind: "dataSource", contains: false }],
    });
    expect(shown("page", { url: "https://app.notion.com/p/none" })).toEqual({
      reads: "[a page](https://app.notion.com/p/none)",
      links: [],
    });
  });

  test("of what comes tomorrow is its label with its link", () => {
    expect(shown("hologram", { url: "https://a.example" }, "a [b]")).toEqual({
      reads: "[a \\[b\\]](https://a.example)",
      links: [],
    });
    expect(linkTo("*", "https://a.example", context())).toBe("[*](https://a.example)");
  });

  test("of a date gives what there is of it", () => {
    expect(dateRange({ start: "2026-05-15" })).toBe("2026-05-15");
    expect(
      dateRange({ start: "2026-05-15", startTime: "09:00", end: "2026-05-16", "end-time": "10:00" }),
    ).toBe("2026-05-15 09:00 → 2026-05-16 10:00");
    expect(dateRange({ start: "2026-05-15", timeZone: "Asia/Tokyo" })).toBe("2026-05-15 (Asia/Tokyo)");
    expect(dateRange({})).toBe("");
  });
});
