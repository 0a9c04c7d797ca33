/** The block API, for pages whose content is blocks. */
import type { BlockObjectResponse } from "@notionhq/client";
import { pageOfListing } from "./cursors";
import { notFound, type Reply } from "./errors";
import { blockBase, text } from "./objects";
import type { Paging } from "./routes";
import type { FakeBlock, State } from "./state";

export function blockReply(state: State, id: string): Reply {
  const body = findBlock(state, id)?.value ?? holdingBlock(state, id);
  return body === undefined ? notFound("block", id) : { status: 200, body };
}

export function childrenReply(state: State, id: string, paging: Paging): Reply | undefined {
  const page = state.pages.get(id);
  const block = page === undefined ? findBlock(state, id) : undefined;
  if (block?.refuses !== undefined) {
    const { status, code, message } = block.refuses;
    return {
      status,
      body: { object: "error", status, code, message, request_id: "5b2f1c3e-0d8a-4b7e-9c1a-6f4e2d8b9a71" },
    };
  }
  const children = page?.blocks ?? block?.children;
  if (children === undefined) return notFound("block", id);
  const numbered = children.map(({ value }, index) => ({ value, index }));
  const listed = pageOfListing(numbered, ({ index }) => String(index).padStart(9, "0"), paging);
  if (listed === undefined) return undefined;
  const results = listed.results.map(({ value }) => value);
  return { status: 200, body: { object: "list", ...listed, results, type: "block", block: {} } };
}

/** A toggle that is there to hold a page. */
function holdingBlock(state: State, id: string): BlockObjectResponse | undefined {
  for (const { parent } of state.pages.values()) {
    if (parent.kind !== "block" || parent.id !== id) continue;
    const around = { type: "page_id", page_id: parent.page } as const;
    return {
      ...blockBase(id),
      parent: around,
      has_children: true,
      type: "toggle",
      toggle: { rich_text: [text("Holds a page")], color: "default" },
    };
  }
  return undefined;
}

function findBlock(state: State, id: string): FakeBlock | undefined {
  for (const page of state.pages.values()) {
    const found = within(page.blocks ?? [], id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function within(blocks: readonly FakeBlock[], id: string): FakeBlock | undefined {
  for (const block of blocks) {
    const found = block.value.id === id ? block : within(block.children ?? [], id);
    if (found !== undefined) return found;
  }
  return undefined;
}
