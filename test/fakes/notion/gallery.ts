/** One block of every type that the API knows, in the SDK's own types, and some that a page may hold beside them. */
import type { BlockObjectResponse, RichTextItemResponse } from "@notionhq/client";
import { blockBase, text } from "./objects";
import type { FakeBlock } from "./state";

export const original = "0000000a-0000-4000-8000-00000000000a";
export const elsewhere = "fedcba98-7654-4210-8edc-ba9876543210";

const user = { object: "user", id: "00000000-0000-4000-8000-000000000001" } as const;
const signed = "https://prod-files-secure.s3.us-west-2.amazonaws.com/w/b/Plan.docx?X-Amz-Signature=5f2c";

let made = 0;

function base() {
  return blockBase(`b10c0000-0000-4000-8000-${String(++made).padStart(12, "0")}`);
}

function marked(
  content: string,
  marks: Partial<RichTextItemResponse["annotations"]>,
  href?: string,
): RichTextItemResponse {
  const plain = text(content);
  return { ...plain, href: href ?? null, annotations: { ...plain.annotations, ...marks } };
}

function rich(...parts: (string | RichTextItemResponse)[]): RichTextItemResponse[] {
  return parts.map((part) => (typeof part === "string" ? text(part) : part));
}

const words = (content: string) => ({ rich_text: rich(content), color: "default" as const, icon: null });
const heading = (content: string, toggle = false) => ({ ...words(content), is_toggleable: toggle });
const outside = (url: string) => ({ type: "external" as const, external: { url }, caption: rich() });
const stored = (caption: string) => ({
  type: "file" as const,
  file: { url: signed, expiry_time: "2026-05-01T10:00:00.000Z" },
  caption: rich(caption),
});

function block(value: BlockObjectResponse, children?: FakeBlock[]): FakeBlock {
  return children === undefined ? { value } : { value: { ...value, has_children: true }, children };
}

const line = (content: string): FakeBlock =>
  block({ ...base(), type: "paragraph", paragraph: words(content) });

const mentions: RichTextItemResponse[] = [
  { ...text("@Ann Lee"), type: "mention", mention: { type: "user", user: { ...user } } },
  {
    ...text("2026-05-15"),
    type: "mention",
    mention: { type: "date", date: { start: "2026-05-15", end: null, time_zone: null } },
  },
  { ...text("Tide table"), type: "mention", mention: { type: "page", page: { id: elsewhere } } },
  { ...text("x"), type: "equation", equation: { expression: "a_b^2" } },
];

/** A meeting whose summary, notes and transcript are blocks of their own, named by the block around them. */
function meeting(): FakeBlock {
  const part = (...said: string[]) =>
    block({ ...base(), type: "paragraph", paragraph: words("") }, said.map(line));
  const parts = [
    part("Ann takes the night shift"),
    part("Ask for grease"),
    part("Ben: who takes the night shift?", "Ann: I do."),
  ];
  const [summary, notes, transcript] = parts.map(({ value }) => value.id);
  const children = { summary_block_id: summary, notes_block_id: notes, transcript_block_id: transcript };
  return block(
    {
      ...base(),
      type: "meeting_notes",
      meeting_notes: { title: rich("Morning round"), status: "notes_ready", children },
    },
    parts,
  );
}

/** By type, in the order of the API's reference. */
export function galleryBlocks(): [string, FakeBlock][] {
  made = 0;
  return [
    [
      "paragraph",
      block({
        ...base(),
        type: "paragraph",
        paragraph: {
          ...words(""),
          rich_text: rich(
            "Plain, ",
            marked("bold ", { bold: true }),
            marked("a*b", { code: true }),
            ", ",
            marked("link", { italic: true }, "https://a.example/x"),
            " ",
            ...mentions.flatMap((one) => [one, text(" ")]),
          ),
        },
      }),
    ],
    ["heading_1", block({ ...base(), type: "heading_1", heading_1: heading("Harbour") })],
    ["heading_2", block({ ...base(), type: "heading_2", heading_2: heading("Cranes") })],
    [
      "heading_3",
      block({ ...base(), type: "heading_3", heading_3: heading("Rotor", true) }, [
        line("In the toggle of a heading"),
      ]),
    ],
    ["heading_4", block({ ...base(), type: "heading_4", heading_4: heading("Bolt") })],
    [
      "bulleted_list_item",
      block({ ...base(), type: "bulleted_list_item", bulleted_list_item: words("A point") }, [
        line("Below the point"),
      ]),
    ],
    [
      "numbered_list_item",
      block({ ...base(), type: "numbered_list_item", numbered_list_item: { ...words("First") } }),
    ],
    [
      "numbered_list_item",
      block({ ...base(), type: "numbered_list_item", numbered_list_item: { ...words("Second") } }),
    ],
    ["to_do", block({ ...base(), type: "to_do", to_do: { ...words("Grease it"), checked: true } })],
    ["quote", block({ ...base(), type: "quote", quote: words("Mind the gap") })],
    ["toggle", block({ ...base(), type: "toggle", toggle: words("More") }, [line("Inside the toggle")])],
    ["template", block({ ...base(), type: "template", template: { rich_text: rich("A new crane") } })],
    [
      "callout",
      block(
        {
          ...base(),
          type: "callout",
          callout: { ...words("High water at noon"), icon: { type: "emoji", emoji: "🌊" } },
        },
        [line("In the callout")],
      ),
    ],
    [
      "synced_block",
      block({ ...base(), type: "synced_block", synced_block: { synced_from: null } }, [
        line("Said once, shown twice"),
      ]),
    ],
    [
      "synced_block",
      block({
        ...base(),
        type: "synced_block",
        synced_block: { synced_from: { type: "block_id", block_id: original } },
      }),
    ],
    ["child_page", block({ ...base(), type: "child_page", child_page: { title: "A page below" } })],
    ["child_database", block({ ...base(), type: "child_database", child_database: { title: "Parts" } })],
    ["equation", block({ ...base(), type: "equation", equation: { expression: "e = mc^2" } })],
    [
      "code",
      block({
        ...base(),
        type: "code",
        code: {
          rich_text: rich("let a = `x`;\n```"),
          caption: rich("How it starts"),
          language: "typescript",
        },
      }),
    ],
    ["divider", block({ ...base(), type: "divider", divider: {} })],
    ["breadcrumb", block({ ...base(), type: "breadcrumb", breadcrumb: {} })],
    [
      "table_of_contents",
      block({ ...base(), type: "table_of_contents", table_of_contents: { color: "default" } }),
    ],
    ["tab", block({ ...base(), type: "tab", tab: {} }, [line("Under a tab")])],
    [
      "column_list",
      block({ ...base(), type: "column_list", column_list: {} }, [
        block({ ...base(), type: "column", column: {} }, [line("Left")]),
        block({ ...base(), type: "column", column: {} }, [line("Right")]),
      ]),
    ],
    [
      "link_to_page",
      block({ ...base(), type: "link_to_page", link_to_page: { type: "page_id", page_id: elsewhere } }),
    ],
    [
      "table",
      block(
        {
          ...base(),
          type: "table",
          table: { has_column_header: true, has_row_header: false, table_width: 2 },
        },
        [
          block({ ...base(), type: "table_row", table_row: { cells: [rich("Part"), rich("Stock")] } }),
          block({ ...base(), type: "table_row", table_row: { cells: [rich("Rotor|stator"), rich("2")] } }),
        ],
      ),
    ],
    ["meeting_notes", meeting()],
    [
      "transcription",
      block({ ...base(), type: "transcription", transcription: { title: rich("Recorded") } }),
    ],
    ["embed", block({ ...base(), type: "embed", embed: { url: "https://a.example/map", caption: rich() } })],
    [
      "bookmark",
      block({
        ...base(),
        type: "bookmark",
        bookmark: { url: "https://b.example/tides", caption: rich("Tides") },
      }),
    ],
    ["image", block({ ...base(), type: "image", image: outside("https://a.example/pier.png") })],
    ["video", block({ ...base(), type: "video", video: outside("https://a.example/crane.mp4") })],
    ["pdf", block({ ...base(), type: "pdf", pdf: stored("The permit") })],
    ["file", block({ ...base(), type: "file", file: { ...stored(""), name: "Plan.docx" } })],
    ["audio", block({ ...base(), type: "audio", audio: stored("The horn") })],
    [
      "link_preview",
      block({ ...base(), type: "link_preview", link_preview: { url: "https://c.example/issue/1" } }),
    ],
    ["unsupported", block({ ...base(), type: "unsupported", unsupported: { block_type: "ai_block" } })],
    [
      "a block whose children are refused",
      {
        ...block({ ...base(), type: "toggle", toggle: words("Closed") }, []),
        refuses: {
          status: 400,
          code: "validation_error",
          message: "Block type ai_block is not supported via the API.",
        },
      },
    ],
  ];
}

/** The block that a synced copy shows, as it stands in some other page. */
export function syncedOriginal(): FakeBlock {
  const value = {
    ...base(),
    id: original,
    type: "synced_block" as const,
    synced_block: { synced_from: null },
  };
  return block(value, [line("From the original")]);
}
