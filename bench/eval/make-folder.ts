/**
 * Writes a collection as a folder with one markdown file a document, the way a person would keep it.
 *
 *   bun bench/eval/make-folder.ts COLLECTION TARGET [--collections ./collections]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sha256 } from "@/lib/hash";
import { readCollection, type Collection } from "./collection";

type Document = Collection["documents"][number];

/** A file name for a document id, which may hold slashes, colons and more than a name may be long. */
export function fileNameOf(id: string): string {
  const readable = id
    .replaceAll(/[^A-Za-z0-9._-]+/g, "_")
    .slice(-80)
    .replace(/^\.+/, "");
  return `${readable}.md`;
}

/** A document as a person would keep it: its title is a heading unless the text starts with it. */
export function markdownOf({ title, text }: Document): string {
  const heading = title === "" || text.startsWith(title) ? "" : `# ${title}\n\n`;
  return `${heading}${text}\n`;
}

/** Writes `documents` below `folder`; returns document ids by file name. */
export function writeDocuments(documents: readonly Document[], folder: string): Map<string, string> {
  mkdirSync(folder, { recursive: true });
  const names = new Map<string, string>();
  for (const document of documents) {
    const readable = fileNameOf(document.id);
    // The id as it stands tells the order of messages; a hash only where two ids would share a name.
    const other = readable.replace(/\.md$/, `-${sha256(document.id).slice(0, 10)}.md`);
    const name = names.has(readable) ? other : readable;
    names.set(name, document.id);
    writeFileSync(join(folder, name), markdownOf(document));
  }
  return names;
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { collections: { type: "string", default: "./collections" } },
    allowPositionals: true,
  });
  const [name, target] = positionals;
  if (name === undefined || target === undefined) {
    console.error("usage: bun bench/eval/make-folder.ts COLLECTION TARGET [--collections DIR]");
    process.exit(2);
  }
  const names = writeDocuments(readCollection(values.collections, name).documents, target);
  console.log(`${names.size} files in ${target}`);
}
