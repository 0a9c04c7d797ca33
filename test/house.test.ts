/** Keeps the layer rule and the house's size rules by walking the source. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Glob } from "bun";

const root = resolve(import.meta.dir, "..");
const source = join(root, "src");
const files = [...new Glob("**/*.{ts,tsx}").scanSync(source)].sort();
const isTest = (file: string) => /\.test\.tsx?$/.test(file);

/** What each room may import, by the longest prefix that fits. Own room is always allowed. */
const rooms: readonly { room: string; mayImport: readonly string[] }[] = [
  { room: "lib/", mayImport: [] },
  { room: "core/models/", mayImport: ["lib/"] },
  { room: "core/config", mayImport: ["core/models/", "lib/"] },
  { room: "core/db/", mayImport: ["core/models/", "lib/"] },
  { room: "core/services/", mayImport: ["core/config.ts", "core/db/", "core/models/", "lib/"] },
  { room: "core/middlware/", mayImport: ["core/config.ts", "core/services/", "core/models/", "lib/"] },
  {
    room: "core/handlers/",
    mayImport: ["core/config.ts", "core/middlware/", "core/services/", "core/db/", "core/models/", "lib/"],
  },
  { room: "integrations/", mayImport: ["core/services/", "core/db/", "core/models/", "lib/"] },
  { room: "client/", mayImport: ["core/models/"] },
  { room: "cli/", mayImport: ["index.ts", "core/", "lib/", "integrations/config-registry.ts"] },
  {
    room: "index.ts",
    mayImport: [
      "core/",
      "lib/",
      "integrations/config-registry.ts",
      "integrations/sync-registry.ts",
      "client/",
    ],
  },
  { room: "cli.ts", mayImport: ["../package.json", "index.ts", "cli/", "core/", "lib/"] },
];

function importsOf(file: string): string[] {
  const text = readFile(file);
  const specifiers = [...text.matchAll(/(?:^|\n)\s*(?:import|export)[^"'`;]*?from\s*["']([^"']+)["']/g)].map(
    (m) => m[1] ?? "",
  );
  const dynamic = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)].map((m) => m[1] ?? "");
  return [...specifiers, ...dynamic]
    .map((specifier) => resolveImport(file, specifier))
    .filter((path) => path !== "");
}

function resolveImport(file: string, specifier: string): string {
  if (specifier.startsWith("@/")) return withExtension(specifier.slice(2));
  if (specifier.startsWith("."))
    return withExtension(relative(source, resolve(source, dirname(file), specifier)));
  return "";
}

function withExtension(path: string): string {
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
  return candidates.find((candidate) => files.includes(candidate)) ?? path;
}

function readFile(file: string): string {
  return readFileSync(join(source, file), "utf8");
}

function integrationOf(file: string): string | undefined {
  return /^integrations\/([^/]+)\//.exec(file)?.[1];
}

describe("the house", () => {
  test("every import keeps the layer rule", () => {
    const broken: string[] = [];
    for (const file of files.filter((name) => !isTest(name))) {
      const room = rooms.find((entry) => file.startsWith(entry.room));
      if (room === undefined) {
        broken.push(`${file} is in no known room`);
        continue;
      }
      const isRegistry =
        file === "integrations/config-registry.ts" || file === "integrations/sync-registry.ts";
      for (const target of importsOf(file)) {
        const own = target.startsWith(room.room);
        if (own && room.room === "integrations/") {
          if (!isRegistry && integrationOf(target) !== integrationOf(file))
            broken.push(`${file} → ${target}`);
        } else if (!own && !room.mayImport.some((prefix) => target.startsWith(prefix))) {
          broken.push(`${file} → ${target}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });

  test("no file is over 400 lines", () => {
    const long = files.filter((file) => readFile(file).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  test("raw SQL stays with the database, the index and search", () => {
    const allowed = ["core/db/", "core/services/index/", "core/services/search/"];
    const others = files.filter((file) => !isTest(file) && !allowed.some((room) => file.startsWith(room)));
    expect(others.filter((file) => /\b(?:db|tx)\.raw\.\w+\(/.test(readFile(file)))).toEqual([]);
  });

  test("only the configuration and the dialect read the environment", () => {
    const allowed = new Set(["core/config.ts", "core/db/table.ts", "index.ts", "cli.ts"]);
    const readers = files.filter(
      (file) =>
        !isTest(file) && !allowed.has(file) && /\b(process|Bun)\.env\b(?!\.NODE_ENV)/.test(readFile(file)),
    );
    expect(readers).toEqual([]);
  });
});
