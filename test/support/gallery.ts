/** The gallery at the end of an integration's page in the documentation: what it makes of its stand-in's items. */
import { expect } from "bun:test";
import { join, relative } from "node:path";

const root = join(import.meta.dir, "../..");

export interface GalleryPart {
  title: string;
  /** The artifact's markdown; undefined where none is served. */
  markdown: string | undefined;
}

/**
 * Fails when the page's gallery is not what `parts` say; `UPDATE_DOCS=1` writes it instead.
 *
 * @param page name of the file in `docs/integrations`, without its ending.
 * @param test the test's own `import.meta.path`: the page says who makes the gallery.
 * @param lasting takes out what differs from run to run and nobody reads, such as ids.
 */
export async function keepGallery(
  page: string,
  test: string,
  parts: readonly GalleryPart[],
  lasting: (text: string) => string,
): Promise<void> {
  const path = join(root, "docs/integrations", `${page}.md`);
  const mark = `<!-- gallery: made by ${relative(root, test)} -->`;
  const shown = parts.map(({ title, markdown }) => partOf(title, markdown?.trim() || "(nothing)")).join("\n");
  const gallery = lasting(
    `${mark}\n<!-- prettier-ignore-start -->\n\n${shown}\n<!-- prettier-ignore-end -->\n`,
  );
  const text = await Bun.file(path).text();
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`${path} has no line "${mark}".`);
  if (process.env["UPDATE_DOCS"] === "1") await Bun.write(path, text.slice(0, at) + gallery);
  else expect(lasting(text.slice(at))).toBe(gallery);
}

/** A fence longer than any within. */
function partOf(title: string, markdown: string): string {
  const longest = Math.max(2, ...(markdown.match(/`{3,}/g) ?? []).map((fence) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `### ${title}\n\n${fence}markdown\n${markdown}\n${fence}\n`;
}
