import { describe, expect, test } from "bun:test";
import type { Repository } from "../repositories";
import { repositorySchema } from "../models/rest";
import { isDocumentation } from "../sync-steps/files-stream";
import { documentOf, renderFile } from "./file";
import { renderWikiPage } from "./wiki";

const repository: Repository = repositorySchema.parse({
  id: 7,
  full_name: "harbour-works/cranes",
  default_branch: "main",
  html_url: "https://github.com/harbour-works/cranes",
});
const fileAt = (path: string) => ({ repository, path, sha: "0".repeat(40) });
const blob = "https://github.com/harbour-works/cranes/blob/main";

test.each<[string, boolean]>([
  ["README.md", true],
  ["packages/hoist/readme.markdown", true],
  ["CHANGELOG.md", true],
  ["docs/a/b/guide.mdx", true],
  ["services/yard/doc/adr/0001.md", true],
  [".github/CONTRIBUTING.md", true],
  ["src/notes.md", false],
  ["docs/image.png", false],
  ["node_modules/x/README.md", false],
  ["vendor/docs/x.md", false],
])("%p is documentation: %p", (path, wanted) => expect(isDocumentation(path)).toBe(wanted));

describe("a markdown file", () => {
  test.each<[string, string, string]>([
    ["front matter", '---\ntitle: "Greasing: how"\ntags: [a]\n---\n# Other\n', "Greasing: how"],
    ["its first heading, without marks", "\n## The *big* [crane](x.md) `v2` ##\n\ntext", "The big crane v2"],
    ["its path where there is neither", "Only text.", "docs/a.md"],
    ["its path where a heading is in code", "```\n#include <x>\n```\n", "docs/a.md"],
  ])("takes its title from %s", (_case, text, title) => {
    expect(documentOf(text, fileAt("docs/a.md")).title).toBe(title);
  });

  test("leads to GitHub with links that are relative, and leaves the others", () => {
    const text =
      "[a](b.md) [c](../README.md#x) [d](/docs/e.md) [f](https://x.example/) [g](#h) [i](mailto:a@x.example)";
    expect(documentOf(text, fileAt("docs/a.md")).markdown).toBe(
      `[a](${blob}/docs/b.md) [c](${blob}/README.md#x) [d](${blob}/docs/e.md) [f](https://x.example/) [g](#h) [i](mailto:a@x.example)`,
    );
  });

  test("has the address of its page, whatever its name holds", () => {
    const item = fileAt("docs/Über uns #1?.md");
    const { url, title } = renderFile(item, documentOf("# About", item));
    expect([url, title]).toEqual([
      `${blob}/docs/%C3%9Cber%20uns%20%231%3F.md`,
      "About (harbour-works/cranes: docs/Über uns #1?.md)",
    ]);
  });
});

test("a page of a wiki is titled by its file, and its own kind of links lead to pages", () => {
  const text = "See [[Night shift]] and [[the rota|Rota 2026]], [there](Home), [away](https://x.example).";
  const { title, markdown, url } = renderWikiPage({ ...fileAt("Yard-rules.md"), text });
  const wiki = "https://github.com/harbour-works/cranes/wiki";
  expect([title, url]).toEqual(["Yard rules (harbour-works/cranes, wiki)", `${wiki}/Yard-rules`]);
  expect(markdown).toContain(
    `See [Night shift](${wiki}/Night-shift) and [the rota](${wiki}/Rota-2026), [there](${wiki}/Home), [away](https://x.example).`,
  );
});
