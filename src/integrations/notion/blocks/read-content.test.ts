/** Content in pieces: filled in where it was left out, whatever Notion answers for a piece, and never without end. */
import { describe, expect, test } from "bun:test";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { clientOf, keepingLogger, provider } from "@test/provider";
import { createNotionApi } from "../api/notion-api";
import { createBudget } from "./budget";
import { readContent } from "./read-content";

const ids = Array.from({ length: 9 }, (_, n) => `0000000${n}-0000-4000-8000-000000000000`);
const [page = "", one = "", two = ""] = ids;
const tag = (id: string) =>
  `<unknown url="https://app.notion.com/p/x#${id.replaceAll("-", "")}" alt="Toggle"/>`;

type Answers = Record<string, { status?: number; body: unknown }>;

function refused(status: number) {
  return {
    status,
    body: {
      object: "error",
      status,
      code: "validation_error",
      message: "Block type ai_block is not supported.",
    },
  };
}

function written(markdown: string, unknown: string[] = [], truncated = unknown.length > 0) {
  return { body: { object: "page_markdown", id: page, markdown, truncated, unknown_block_ids: unknown } };
}

/** Reads the page from a server that answers paths as told, and 404 to all others. */
async function read(answers: Answers, limits: { requests?: number; depth?: number } = {}) {
  await using server = provider(({ path }) => {
    const { status = 200, body } = answers[path.replace("/v1", "").replace(/\?.*/, "")] ?? refused(404);
    return Response.json(body, { status });
  });
  const client = clientOf(server);
  const services = { http: () => client, apiUrl: () => server.url, log: keepingLogger() };
  const api = createNotionApi(services, { headers: () => Promise.resolve({}) }, new AbortController().signal);
  const text = await readContent(api, page, { transcripts: true, budget: createBudget(limits) });
  return { text, asked: server.heard.map(({ path }) => path.replace(/\?.*/, "")) };
}

const markdown = (id: string) => `/pages/${id}/markdown`;
const block = (id: string, type: string, content: object, more: object = {}) => ({
  object: "block",
  id,
  type,
  [type]: content,
  has_children: false,
  ...more,
});
const words = (text: string) => ({ rich_text: [{ type: "text", plain_text: text }] });

describe("what a large page leaves out", () => {
  test("is put where it is missing, as deep as it was, and so are its own pieces", async () => {
    const { text } = await read({
      [markdown(page)]: written(`- a\n\t${tag(one)}\nz`, [one]),
      [markdown(one)]: written(`b\n${tag(two)}\nc`, [two]),
      [markdown(two)]: written("deepest"),
    });
    expect(text).toBe("- a\n\tb\n\tdeepest\n\tc\nz");
  });

  test("goes to the end where no place is kept for it", async () => {
    const { text } = await read({ [markdown(page)]: written("a", [one]), [markdown(one)]: written("b") });
    expect(text).toBe("a\nb");
  });

  test("is asked for once, also when pieces hold each other", async () => {
    const { asked } = await read({
      [markdown(page)]: written(tag(one), [one, one]),
      [markdown(one)]: written(tag(two), [two]),
      [markdown(two)]: written(tag(one), [one, page]),
    });
    expect(asked).toEqual([markdown(page), markdown(one), markdown(two)].map((path) => `/v1${path}`));
  });

  test("is left out with its note when it is too much or too deep", async () => {
    const chain = Object.fromEntries(
      ids.map((id, n) => [markdown(id), written(tag(ids[n + 1] ?? ""), ids.slice(n + 1, n + 2))]),
    );
    expect((await read(chain, { depth: 3 })).asked).toHaveLength(4);
    expect((await read(chain, { requests: 3 })).asked).toHaveLength(3);
    expect((await read(chain, { depth: 3 })).text).toBe(tag(ids[4] ?? ""));
  });

  test("is read by the block API where the markdown endpoint refuses", async () => {
    const { text } = await read({
      [markdown(page)]: written(`a\n${tag(one)}`, [one]),
      [markdown(one)]: refused(400),
      [`/blocks/${one}`]: { body: block(one, "toggle", words("More"), { has_children: true }) },
      [`/blocks/${one}/children`]: {
        body: { results: [block(two, "paragraph", words("1. no *list*"))], next_cursor: null },
      },
    });
    expect(text).toBe("a\n<details>\n<summary>More</summary>\n\t1\\. no \\*list\\*\n</details>");
  });

  test("counts by the block API as well: pieces that are refused cost no more than the page may", async () => {
    const pieces = ids.slice(1);
    const holding = (id: string) => block(id, "toggle", words("More"), { has_children: true });
    const { text, asked } = await read(
      {
        [markdown(page)]: written(pieces.map(tag).join("\n"), pieces),
        ...Object.fromEntries(
          pieces.flatMap((id, n) => [
            [markdown(id), refused(400)],
            [`/blocks/${id}`, { body: holding(id) }],
            // Each holds the next ones, and so on round.
            [
              `/blocks/${id}/children`,
              { body: { results: pieces.slice(n + 1).map(holding), next_cursor: null } },
            ],
          ]),
        ),
      },
      { requests: 10 },
    );
    expect(asked.filter((path) => /markdown|children/.test(path))).toHaveLength(10);
    expect(text).toContain("a copy of what stands further up");
  });

  test("keeps its note when it is closed to the connection", async () => {
    const { text } = await read({ [markdown(page)]: written(tag(one), [one]) });
    expect(text).toBe(tag(one));
  });

  test("is said to be missing when Notion cuts a page without a trace", async () => {
    const { text } = await read({ [markdown(page)]: written("a", [], true) });
    expect(text).toBe('a\n<unknown url="" alt="the rest of this page, which Notion cut off"/>');
  });
});

test("a page that the markdown endpoint refuses is read by its blocks, circles and closed ones included", async () => {
  const copy = block(one, "synced_block", { synced_from: { type: "block_id", block_id: two } });
  const { text } = await read({
    [markdown(page)]: refused(400),
    [`/blocks/${page}/children`]: {
      body: { results: [copy, block(ids[3] ?? "", "hologram", {})], next_cursor: null },
    },
    [`/blocks/${two}/children`]: { body: { results: [copy], next_cursor: null } },
  });
  const note = (id: string, what: string) =>
    `<unknown url="https://app.notion.com/p/${id.replaceAll("-", "")}" alt="${what}"/>`;
  expect(text.split("\n")).toEqual([
    "<synced_block>",
    "\t<synced_block>",
    `\t\t${note(two, "a copy of what stands further up")}`,
    "\t</synced_block>",
    "</synced_block>",
    note(ids[3] ?? "", "hologram"),
  ]);
});

test("a synced block that a page shows twice is read once, and not taken for too much", async () => {
  const copyOf = (id: string, original: string) =>
    block(id, "synced_block", { synced_from: { type: "block_id", block_id: original } });
  const [original = "", other = ""] = [ids[4], ids[5]];
  const said = (text: string) => ({
    body: { results: [block(text, "paragraph", words(text))], next_cursor: null },
  });
  const results = [copyOf(one, original), copyOf(two, original), copyOf(ids[3] ?? "", other)];
  const { text, asked } = await read(
    {
      [markdown(page)]: refused(400),
      [`/blocks/${page}/children`]: { body: { results, next_cursor: null } },
      [`/blocks/${original}/children`]: said("Said once"),
    },
    { requests: 3 },
  );
  expect(asked.filter((path) => path.includes("children"))).toHaveLength(2);
  expect(text.match(/Said once|alt="[^"]*"/g)).toEqual([
    "Said once",
    'alt="a copy of what stands further up"',
    'alt="more content than is read of one page"',
  ]);
});

test("a table whose rows are refused costs its place alone, and one of many rows is read whole", async () => {
  const shape = { table_width: 1, has_column_header: true, has_row_header: false };
  const row = (n: number) => block(`row${n}`, "table_row", { cells: [[{ plain_text: `r${n}` }]] });
  const { text } = await read({
    [markdown(page)]: refused(400),
    [`/blocks/${page}/children`]: {
      body: {
        results: [
          block(one, "table", shape, { has_children: true }),
          block(two, "table", shape, { has_children: true }),
        ],
        next_cursor: null,
      },
    },
    [`/blocks/${one}/children`]: refused(400),
    [`/blocks/${two}/children`]: { body: { results: [row(1), row(2)], next_cursor: null } },
  });
  expect(text.split("\n")[0]).toBe(
    `<unknown url="https://app.notion.com/p/${one.replaceAll("-", "")}" alt="a table"/>`,
  );
  expect(text.match(/r\d/g)).toEqual(["r1", "r2"]);
});

test("a page that is gone or closed is said to be, whatever could be read besides", async () => {
  await expect(read({})).rejects.toBeInstanceOf(MissingError);
  await expect(read({ [markdown(page)]: { ...refused(403), status: 403 } })).rejects.toBeInstanceOf(
    ForbiddenError,
  );
});
