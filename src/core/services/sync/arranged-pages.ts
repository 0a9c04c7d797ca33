/** Pages of a listing that is read to its end before its items are compared, because each is told by those around it. */
import { batches } from "@/lib/batches";
import type { Page } from "./stream";

/** Items of one page: what is asked for with it (`prepare`) fits into an answer. */
const PAGE = 50;

/**
 * @param arrange gives the items with what those around them say, such as the path down to each.
 */
export async function* arrangedPages<Item>(
  listed: AsyncIterable<Page<Item>>,
  arrange: (items: readonly Item[]) => readonly Item[] | Promise<readonly Item[]>,
): AsyncGenerator<Page<Item>> {
  const items: Item[] = [];
  const removed: NonNullable<Page<Item>["removed"]>[number][] = [];
  let incomplete: string | undefined;
  for await (const page of listed) {
    items.push(...page.items);
    removed.push(...(page.removed ?? []));
    incomplete ??= page.incomplete;
  }
  const arranged = await arrange(items);
  const parts = batches(arranged, PAGE);
  for (const [index, some] of (parts.length === 0 ? [[]] : parts).entries()) {
    yield {
      items: some,
      expected: arranged.length,
      cursor: { arranged: index },
      ...(index === 0 ? { removed } : {}),
      ...(incomplete === undefined ? {} : { incomplete }),
    };
  }
}
