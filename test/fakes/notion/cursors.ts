/** Listings page by page. A cursor remembers the last item, so that changes elsewhere move nothing. */

export interface Listed<Item> {
  results: Item[];
  next_cursor: string | null;
  has_more: boolean;
}

export interface PageQuery {
  cursor: string | undefined;
  size: number;
  /** Cursors of earlier generations are forgotten. */
  generation: number;
}

/** Undefined when the cursor is not one that this listing gave. `order` is a text that sorts as the listing does. */
export function pageOfListing<Item>(
  items: readonly Item[],
  order: (item: Item) => string,
  { cursor, size, generation }: PageQuery,
): Listed<Item> | undefined {
  const after = cursor === undefined ? undefined : decode(cursor, generation);
  if (cursor !== undefined && after === undefined) return undefined;
  const rest = after === undefined ? [...items] : items.filter((item) => order(item) > after);
  const results = rest.slice(0, size);
  const last = results.at(-1);
  const more = rest.length > results.length && last !== undefined;
  return { results, next_cursor: more ? encode(order(last), generation) : null, has_more: more };
}

function encode(order: string, generation: number): string {
  return Buffer.from(JSON.stringify([generation, order])).toString("base64url");
}

function decode(cursor: string, generation: number): string | undefined {
  try {
    const [made, order]: unknown[] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return made === generation && typeof order === "string" ? order : undefined;
  } catch {
    return undefined; // Not a cursor of ours.
  }
}
