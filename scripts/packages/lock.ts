/** What is installed, read from package-lock.json alone: no network, no folder of modules. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

const root = resolve(import.meta.dir, "../..");

const entrySchema = z.looseObject({
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().default(false),
  devOptional: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
});

const lockSchema = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), z.unknown()) });

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
export type Manifest = z.infer<typeof manifestSchema>;

export interface Package {
  /** Where it lies, e.g. `node_modules/a/node_modules/b`. */
  path: string;
  name: string;
  version: string;
  /** SPDX, or what its author wrote; empty where nothing is said. */
  licence: string;
  integrity: string | undefined;
  resolved: string | undefined;
  /** Only for development and tests: not installed by `npm start`. */
  dev: boolean;
  hasInstallScript: boolean;
  dependencies: string[];
}

export function readManifest(): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")));
}

/** Every package of the lock file, in the order of its paths. */
export function readPackages(
  text: string = readFileSync(resolve(root, "package-lock.json"), "utf8"),
): Package[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => {
      const { license = "", dev, devOptional, dependencies, ...rest } = entrySchema.parse(entry);
      const { version, integrity, resolved, hasInstallScript } = rest;
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const shared = { path, name, version, integrity, resolved, hasInstallScript };
      return {
        ...shared,
        licence: license,
        dev: dev || devOptional,
        dependencies: Object.keys(dependencies),
      };
    });
}

/** The package that `name` means to whoever lies at `path`: the nearest one above, as modules are found. */
export function resolveFrom(path: string, name: string, paths: ReadonlySet<string>): string | undefined {
  for (let at = path; ;) {
    const candidate = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (paths.has(candidate)) return candidate;
    if (at === "") return undefined;
    const cut = at.lastIndexOf("/node_modules/");
    at = cut < 0 ? "" : at.slice(0, cut);
  }
}
