import { expect, test } from "bun:test";
import { z } from "zod";
import { searchRequestSchema } from "@/core/models/search";
import { asCommand, asCurl, asMcpCall } from "./copy-forms";

const input = {
  query: `what's "the price"? $HOME`,
  limit: 20,
  integration: "Files",
  minDate: "2026-01-01",
  entities: ["Ada Lovelace", "Acme"],
  explain: true,
};

const wordsOf = (command: string) =>
  Bun.spawnSync(["/bin/sh", "-c", `printf '%s\\n' ${command}`])
    .stdout.toString()
    .trimEnd()
    .split("\n");

test("the tool call holds the search's own arguments", () => {
  const schema = z.looseObject({ params: z.object({ name: z.string(), arguments: searchRequestSchema }) });
  const { params } = schema.parse(JSON.parse(asMcpCall(input)));
  // What is asked for the page alone is left out, so the tool's own default stands.
  expect(params).toEqual({ name: "semantic_search", arguments: { ...input, explain: false } });
});

test("curl sends the same body", () => {
  const words = wordsOf(asCurl("http://127.0.0.1:9000", input));
  expect(words.slice(0, 3)).toEqual(["curl", "http://127.0.0.1:9000/api/search", "--json"]);
  expect(searchRequestSchema.parse(JSON.parse(words[3] ?? ""))).toEqual(input);
});

test("the command takes the same options, and a query that looks like one stays a query", () => {
  expect(wordsOf(asCommand(input))).toEqual([
    ...[
      "npx",
      "stoneturner",
      "search",
      "--limit",
      "20",
      "--integration",
      "Files",
      "--min-date",
      "2026-01-01",
    ],
    ...["--entity", "Ada Lovelace", "--entity", "Acme", "--explain", "--", input.query],
  ]);
  expect(wordsOf(asCommand({ query: "--json" })).at(-1)).toBe("--json");
});
