/**
 * Every type of block by both ways: as the block API gives it, and as Notion itself writes it in enhanced markdown. Both
 * must read the same, so that it never shows by which of them a page came.
 */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { systemClock } from "@/core/services/http/clock";
import { clientOf, keepingLogger } from "@test/provider";
import { type NotionFake, startFake } from "../../../../test/fakes/notion/fake";
import { elsewhere, galleryBlocks, syncedOriginal } from "../../../../test/fakes/notion/gallery";
import { pageUrl, plain } from "../../../../test/fakes/notion/state";
import { createNotionApi, type NotionApi } from "../api/notion-api";
import { plainId, type RenderContext } from "../markdown/context";
import { enhancedToGfm } from "../markdown/to-gfm";
import { createBudget } from "./budget";
import { childrenToEnhanced } from "./read-blocks";

const blocks = galleryBlocks();
const signed = "https://prod-files-secure.s3.us-west-2.amazonaws.com/w/b/Plan.docx?X-Amz-Signature=5f2c";
const closedNote = "content that Notion does not give to programs";

/** The blocks of the gallery, in its order, as Notion writes them. Addresses of blocks are filled in by `idOf`. */
const written: [type: string, enhanced: (id: string) => string][] = [
  [
    "paragraph",
    () =>
      `Plain, **bold** \`a*b\`, [*link*](https://a.example/x) <mention-user url="user://00000000-0000-4000-8000-000000000001">Ann Lee</mention-user> <mention-date start="2026-05-15"/> <mention-page url="${pageUrl(elsewhere)}">Tide table</mention-page> $\`a_b^2\`$ {color="gray"}`,
  ],
  ["heading_1", () => '# Harbour {color="blue"}'],
  ["heading_2", () => "## Cranes"],
  ["heading_3", () => '### Rotor {toggle="true"}\n\tIn the toggle of a heading'],
  ["heading_4", () => "#### Bolt"],
  ["bulleted_list_item", () => "- A point\n\tBelow the point"],
  ["numbered_list_item", () => "1. First"],
  ["numbered_list_item", () => "1. Second"],
  ["to_do", () => "- [x] Grease it"],
  ["quote", () => "> Mind the gap"],
  ["toggle", () => "<details>\n<summary>More</summary>\n\tInside the toggle\n</details>"],
  ["template", () => "A new crane"],
  [
    "callout",
    () => '<callout icon="🌊" color="blue_bg">\n\tHigh water at noon\n\tIn the callout\n</callout>',
  ],
  ["synced_block", (id) => `<synced_block url="${id}">\n\tSaid once, shown twice\n</synced_block>`],
  [
    "synced_block",
    (id) => `<synced_block_reference url="${id}">\n\tFrom the original\n</synced_block_reference>`,
  ],
  ["child_page", (id) => `<page url="${id}" color="red">A page below</page>`],
  ["child_database", (id) => `<database url="${id}" inline="true">Parts</database>`],
  ["equation", () => "$$\ne = mc^2\n$$"],
  ["code", () => "````typescript\nlet a = `x`;\n```\n````\nHow it starts"],
  ["divider", () => "---"],
  ["breadcrumb", () => "<breadcrumb/>"],
  ["table_of_contents", () => '<table_of_contents color="gray"/>'],
  ["tab", () => "<tabs>\n\t<tab>\n\t\tUnder a tab\n\t</tab>\n</tabs>"],
  [
    "column_list",
    () => "<columns>\n\t<column>\n\t\tLeft\n\t</column>\n\t<column>\n\t\tRight\n\t</column>\n</columns>",
  ],
  ["link_to_page", () => `<mention-page url="${pageUrl(elsewhere)}"/>`],
  [
    "table",
    () =>
      '<table header-row="true">\n\t<tr>\n\t\t<td>Part</td>\n\t\t<td>Stock</td>\n\t</tr>\n\t<tr>\n\t\t<td>Rotor\\|stator</td>\n\t\t<td>2</td>\n\t</tr>\n</table>',
  ],
  [
    "meeting_notes",
    () =>
      "<meeting-notes>\n\tMorning round\n\t<summary>\n\t\tAnn takes the night shift\n\t</summary>\n\t<notes>\n\t\tAsk for grease\n\t</notes>\n\t<transcript>\n\t\tBen: who takes the night shift?\n\t\tAnn: I do.\n\t</transcript>\n</meeting-notes>",
  ],
  ["transcription", () => "<meeting-notes>\n\tRecorded\n</meeting-notes>"],
  ["embed", () => '<embed url="https://a.example/map"></embed>'],
  ["bookmark", () => '<bookmark url="https://b.example/tides">Tides</bookmark>'],
  ["image", () => '<image source="https://a.example/pier.png"></image>'],
  ["video", () => '<video source="https://a.example/crane.mp4"></video>'],
  ["pdf", () => `<pdf source="${signed}">The permit</pdf>`],
  ["file", () => `<file source="${signed}"></file>`],
  ["audio", () => `<audio source="${signed}">The horn</audio>`],
  ["link_preview", () => '<link_preview url="https://c.example/issue/1"></link_preview>'],
  ["unsupported", (id) => `<unknown url="${id}" alt="ai_block"/>`],
  [
    "a block whose children are refused",
    (id) => `<details>\n<summary>Closed</summary>\n\t<unknown url="${id}" alt="${closedNote}"/>\n</details>`,
  ],
];

let fake: NotionFake;
let api: NotionApi;

beforeAll(async () => {
  fake = await startFake({ seed: 3, items: 0, clock: systemClock });
  const tides = fake.world.addPage({ title: "Tide table", pieces: 0 });
  fake.world.state.pages.set(elsewhere, { ...tides, id: elsewhere, blocks: [syncedOriginal()] });
  const { apiKey = "" } = fake.credential;
  const auth = { headers: () => Promise.resolve({ Authorization: `Bearer ${apiKey}` }) };
  const client = clientOf([new URL(fake.url).host], { auth });
  const services = { http: () => client, apiUrl: () => fake.url, log: keepingLogger() };
  api = createNotionApi(services, auth, new AbortController().signal);
});

afterAll(async () => {
  await fake[Symbol.asyncDispose]();
});

const contentOf = (id: string, transcripts = true) =>
  childrenToEnhanced(id, { api, budget: createBudget(), transcripts });

function context(): RenderContext {
  return {
    pageUrl: pageUrl("page"),
    userName: (id) => (id === "00000000000040008000000000000001" ? "Ann Lee" : undefined),
    title: (id) => (id === plainId(elsewhere) ? "Tide table" : undefined),
    links: [],
  };
}

test("the gallery and this list name the same types, and these are all that the API knows", () => {
  expect(written.map(([type]) => type)).toEqual(blocks.map(([type]) => type));
  const known = new Set(blocks.map(([, { value }]) => value.type));
  // `table_row` and `column` stand within their own.
  expect([...known, "table_row", "column"].sort()).toHaveLength(37);
});

describe("a block reads the same by both ways:", () => {
  for (const [index, [type, enhanced]] of written.entries()) {
    test(`${type} (${index + 1})`, async () => {
      const [, block] = blocks[index] ?? [];
      if (block === undefined) throw new Error("The gallery is shorter than this list.");
      const page = fake.world.addPage({ title: type, pieces: 0 });
      page.blocks = [block];
      const [byBlocks, byMarkdown] = [context(), context()];
      const viaBlocks = enhancedToGfm(await contentOf(page.id), byBlocks);
      const own = `https://app.notion.com/p/${plain(block.value.id)}`;
      expect(viaBlocks).toBe(enhancedToGfm(enhanced(own), byMarkdown));
      expect(byBlocks.links).toEqual(byMarkdown.links);
    });
  }
});

test("what was said in a meeting stays out where transcripts are not wanted", async () => {
  const page = fake.world.addPage({ title: "Meeting", pieces: 0 });
  page.blocks = blocks.flatMap(([type, one]) => (type === "meeting_notes" ? [one] : []));
  const text = enhancedToGfm(await contentOf(page.id, false), context());
  expect(text).toBe(
    "**Meeting notes: Morning round**\n\n**Summary**\n\nAnn takes the night shift\n\n**Notes**\n\nAsk for grease",
  );
});
