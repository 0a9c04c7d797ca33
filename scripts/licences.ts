/** Writes docs/licences.md from package-lock.json. With `--check` it only says whether the page is as it would be written. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format } from "prettier";
import { isCompatible, licenceOf } from "./packages/licence";
import { type Package, readPackages } from "./packages/lock";

const page = resolve(import.meta.dir, "../docs/licences.md");

/** The page for these packages. */
export async function licencePage(packages: readonly Package[]): Promise<string> {
  const part = (title: string, note: string, entries: readonly Package[]) => [
    `## ${title}`,
    "",
    `${entries.length} packages. ${note}`,
    "",
    ...rowsOf(entries),
    "",
  ];
  const text = [
    "# Licences",
    "",
    "Stoneturner is under the MIT licence. This is what it is made with; `bun scripts/licences.ts` writes the page from the",
    "lock file, and a test fails when a licence is among them that does not go with MIT.",
    "",
    ...part(
      "What is installed with it",
      "All permissive.",
      packages.filter(({ dev }) => !dev),
    ),
    ...part(
      "What it is made and tested with",
      "Not installed by `npm start`, and not handed on.",
      packages.filter(({ dev }) => dev),
    ),
  ].join("\n");
  return format(text, { parser: "markdown", printWidth: 110 });
}

function rowsOf(entries: readonly Package[]): string[] {
  const groups = Map.groupBy(entries, licenceOf);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, group]) => {
      const names = new Set(group.map(({ name, version }) => `${name} ${version}`));
      return `- **${licence}** (${names.size}): ${[...names].toSorted().join(", ")}`;
    });
}

if (import.meta.main) {
  const packages = readPackages();
  for (const entry of packages.filter((one) => !isCompatible(one))) {
    console.error(`${entry.name} ${entry.version}: '${entry.licence}' does not go with MIT.`);
    process.exitCode = 1;
  }
  const made = await licencePage(packages);
  if (!process.argv.includes("--check")) writeFileSync(page, made);
  else if (readFileSync(page, "utf8") !== made) {
    console.error("docs/licences.md is not up to date: bun scripts/licences.ts");
    process.exitCode = 1;
  }
}
