/** What a person chose, as they paste it. */
import { describe, expect, test } from "bun:test";
import { notionOptionsSchema } from "./options";

const id = "0123456789abcdef0123456789abcdef";
const other = "fedcba9876543210fedcba9876543210";
const rootsOf = (roots: unknown) => notionOptionsSchema.parse({ roots }).roots;
const refusal = (options: unknown) =>
  notionOptionsSchema.safeParse(options).error?.issues.map(({ path, message }) => [path[0], message]);

describe("chosen pages", () => {
  test.each([
    ["a link with its title", `https://www.notion.so/acme/Café-plans-2026-${id}`],
    ["a link to a view of a database", `https://www.notion.so/acme/${id}?v=${other}`],
    ["a link to a block", `https://www.notion.so/Handbook-${id}#${other}`],
    ["an id with dashes", "01234567-89ab-cdef-0123-456789abcdef"],
    ["an id in capitals", id.toUpperCase()],
    ["a link of the app", `https://app.notion.com/p/${id}`],
  ])("may be given as %s", (_, link) => expect(rootsOf(link)).toEqual([id]));

  test("are one a line, apart by blanks or commas, or a list; none is everything", () => {
    expect(rootsOf(`${id}\n https://www.notion.so/x-${other} ,`)).toEqual([id, other]);
    expect(rootsOf([id, "", other])).toEqual([id, other]);
    expect(rootsOf("  \n")).toEqual([]);
    expect(notionOptionsSchema.parse({})).toEqual({ roots: [], comments: true, transcripts: true });
  });

  test("that are no links are named, and what they take is said", () => {
    expect(refusal({ roots: `${id} https://www.notion.so/Handbook` })).toEqual([
      ["roots", 'takes links to pages or databases; "https://www.notion.so/Handbook" is none'],
    ]);
    expect(refusal({ roots: 7 })).toEqual([["roots", "takes links to pages, one a line"]]);
    expect(refusal({ roots: "x".repeat(5_000) })?.[0]?.[1]).toHaveLength(125);
  });
});

test("days and yes or no are taken as people write them, and refused by name", () => {
  expect(
    notionOptionsSchema.parse({ since: "2025-01-01", comments: "No", transcripts: "yes" }),
  ).toMatchObject({ since: "2025-01-01", comments: false, transcripts: true });
  const wrong = refusal({ since: "last year", comments: "maybe", transcripts: 3 });
  expect(wrong?.map(([field]) => field)).toEqual(["since", "comments", "transcripts"]);
});
