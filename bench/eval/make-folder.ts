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

/** Writes `documents` below `folder`; returns document ids by file name. */
export function writeDocuments(documents: Collection["documents"], folder: string): Map<string, string> {
  mkdirSync(folder, { recursive: true });
  const names = new Map<string, string>();
  for (const { id, title, text } of documents) {
    // Ids may hold slashes, colons and more than a file name may be long.
    const readable = id
      .replaceAll(/[^A-Za-z0-9._-]+/g, "_")
      .slice(-80)
      .replace(/^\.+/, "");
    // The id as it stands tells the order of messages; a hash only where two ids would share a name.
    const name = names.has(`${readable}.md`) ? `${readable}-${sha256(id).slice(0, 10)}.md` : `${readable}.md`;
    names.set(name, id);
    const heading = title === "" || text.startsWith(title) ? "" : `# ${title}\n\n`;
    writeFileSync(join(folder, name), `${heading}${text}\n`);
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
