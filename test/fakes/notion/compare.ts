/** Compares what is served with what a fake workspace holds. */

type Texts = ReadonlyMap<string, { title: string; markdown: string }>;

/** Every difference, in words. */
export function compareNotion(truth: Texts, served: Texts): string[] {
  const found: string[] = [];
  for (const [key, { title, markdown }] of truth) {
    const row = served.get(key);
    if (row === undefined) found.push(`${key} is missing`);
    else if (row.title !== title) found.push(`${key} is called "${row.title}", not "${title}"`);
    else if (row.markdown !== markdown)
      found.push(`${key} reads\n${row.markdown}\n---- and ought to read\n${markdown}`);
  }
  for (const key of served.keys()) if (!truth.has(key)) found.push(`${key} is served but gone`);
  return found;
}
