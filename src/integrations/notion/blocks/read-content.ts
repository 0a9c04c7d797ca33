/** A page's whole content as enhanced markdown. */
import { RequestRefusedError } from "@/core/services/http/errors";
import type { NotionApi } from "../api/notion-api";
import { blockIdIn, plainId } from "../markdown/context";
import { unknownTag } from "./block-lines";
import { type Budget, createBudget } from "./budget";
import { blockToEnhanced, type BlockReading, childrenToEnhanced, unlessClosed } from "./read-blocks";

export interface ContentOptions {
  /** With the transcripts of meetings. */
  transcripts: boolean;
  budget?: Budget;
}

/**
 * One request for most pages. What Notion left out of a large page (`unknown_block_ids`) is fetched block by block and
 * put where its placeholder stands; a page that the markdown endpoint refuses is read by the block API.
 *
 * @throws MissingError and ForbiddenError when they concern the page itself.
 */
export async function readContent(api: NotionApi, pageId: string, options: ContentOptions): Promise<string> {
  const reading = { api, budget: createBudget(), ...options };
  reading.budget.take(pageId, 0);
  try {
    return await filledIn(await api.markdown(pageId, options.transcripts), reading, 1);
  } catch (error) {
    if (!(error instanceof RequestRefusedError)) throw error;
    return childrenToEnhanced(pageId, reading);
  }
}

interface Answer {
  markdown: string;
  truncated: boolean;
  unknown_block_ids: readonly string[];
}

async function filledIn(answer: Answer, reading: BlockReading, depth: number): Promise<string> {
  let { markdown } = answer;
  for (const id of answer.unknown_block_ids) {
    if (!reading.budget.take(id, depth)) continue;
    const content = await blockContent(id, reading, depth);
    if (content !== undefined) markdown = inPlace(markdown, id, content);
  }
  const cutWithoutTrace = answer.truncated && answer.unknown_block_ids.length === 0;
  return cutWithoutTrace
    ? `${markdown}\n${unknownTag("", "the rest of this page, which Notion cut off")}`
    : markdown;
}

/** Undefined when the block is closed to the connection: its placeholder then says that something is missing. */
async function blockContent(id: string, reading: BlockReading, depth: number): Promise<string | undefined> {
  const { api, transcripts } = reading;
  const answer = await unlessClosed(api.markdown(id, transcripts));
  return answer === undefined
    ? unlessClosed(blockToEnhanced(id, reading, depth))
    : filledIn(answer, reading, depth + 1);
}

const PLACEHOLDER = /^(\t*)<unknown\b[^>]*?\burl="([^"]*)"[^>]*\/>[ \t]*$/gm;

/** Puts content where the block's placeholder stands, as deep as it stands; at the end when there is none. */
function inPlace(markdown: string, id: string, content: string): string {
  let placed = false;
  const filled = markdown.replaceAll(PLACEHOLDER, (whole, tabs: string, url: string) => {
    if (placed || blockIdIn(url) !== plainId(id)) return whole;
    placed = true;
    return content.replaceAll(/^(?=.)/gm, tabs);
  });
  return placed ? filled : `${markdown}\n${content}`;
}
