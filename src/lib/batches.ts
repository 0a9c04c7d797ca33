/** Cuts a list into parts of at most `size`, so that no statement has more parameters than a database takes. */
export function batches<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
