/** Which licences may be in a program that is handed on under MIT. */
import type { Package } from "./lock";

/** Ask for no more than that their notice is kept. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);
/** Ask for the source of changed files: fine for tools that are used unchanged and not handed on. */
const forTools = new Set(["MPL-2.0"]);
/** Packages whose licence field is no SPDX name, by what their licence file says. Read again with each version. */
const read: Readonly<Record<string, string>> = {
  "duck@0.1.12": "BSD-2-Clause",
  "@modelcontextprotocol/inspector@2.12.0": "MIT AND Apache-2.0",
};

/** A package's licence as an SPDX expression. */
export function licenceOf({ name, version, licence }: Pick<Package, "name" | "version" | "licence">): string {
  return read[`${name}@${version}`] ?? licence.replace(/^\((.*)\)$/, "$1");
}

/** Whether a package may be part of the program, or, for development alone, used to make it. */
export function isCompatible(entry: Pick<Package, "name" | "version" | "licence" | "dev">): boolean {
  const isAllowed = (name: string) => permissive.has(name) || (entry.dev && forTools.has(name));
  // With OR one is chosen, with AND all hold.
  return licenceOf(entry)
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((name) => isAllowed(name.trim())));
}
