/** What the program is made of: pinned, whole, under licences that go with its own, and without scripts of strangers. */
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { licencePage } from "../scripts/licences";
import { isCompatible } from "../scripts/packages/licence";
import { readManifest, readPackages, resolveFrom } from "../scripts/packages/lock";
import { billOfMaterials } from "../scripts/packages/sbom";

const root = resolve(import.meta.dir, "..");
const manifest = readManifest();
const packages = readPackages();

describe("packages", () => {
  test("are pinned to exact versions, and the lock file has the same", () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(`${name} ${version}`).toMatch(/^\S+ \d+\.\d+\.\d+(?:-[\w.]+)?$/);
      const found = packages.find(({ path }) => path === `node_modules/${name}`);
      expect(`${name} ${found?.version}`).toBe(`${name} ${version}`);
    }
  });

  test("come whole: each with a strong hash, none from a repository or an address of its own", () => {
    expect(packages.filter(({ integrity }) => !/^sha512-[\w+/=]{80,}$/.test(integrity ?? ""))).toEqual([]);
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  test("run no script when they are installed, but for the one that is named", () => {
    const wanting = new Set(packages.filter((entry) => entry.hasInstallScript).map(({ name }) => name));
    expect([...wanting].filter((name) => !(name in manifest.allowScripts))).toEqual([]);
    expect(Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name] === true)).toEqual(
      ["bun"],
    );
  });

  test("are installed as the lock file has them, or not at all", () => {
    const setup = readFileSync(resolve(root, "scripts/setup.mjs"), "utf8");
    expect(setup).toContain('"ci"');
    expect(setup).not.toContain('"install"');
  });

  test("have licences that go with MIT", () => {
    expect(packages.length).toBeGreaterThan(300);
    expect(packages.filter((entry) => !isCompatible(entry))).toEqual([]);
  });

  test.each([
    ["MIT", false, true],
    ["(MIT OR GPL-3.0-or-later)", false, true],
    ["MIT AND GPL-3.0-or-later", false, false],
    ["GPL-3.0-or-later", true, false],
    ["AGPL-3.0-only", false, false],
    ["MPL-2.0", true, true],
    ["MPL-2.0", false, false],
    ["SEE LICENSE IN LICENSE", false, false],
    ["", false, false],
  ])("under %p, for development %p: %p", (licence, dev, expected) => {
    expect(isCompatible({ name: "x", version: "1.0.0", licence, dev })).toBe(expected);
  });

  test("are listed on the page with their licences", async () => {
    expect(readFileSync(resolve(root, "docs/licences.md"), "utf8")).toBe(await licencePage(packages));
  });
});

describe("the bill of materials", () => {
  const component = z.looseObject({
    "bom-ref": z.string(),
    purl: z.string().startsWith("pkg:npm/"),
    licenses: z.array(z.unknown()).length(1),
    hashes: z.array(z.object({ alg: z.literal("SHA-512"), content: z.string().length(128) })),
  });
  const billSchema = z.looseObject({
    bomFormat: z.literal("CycloneDX"),
    specVersion: z.literal("1.6"),
    serialNumber: z
      .string()
      .regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
    components: z.array(component),
    dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
  });

  test("names every package once, with hash and licence, and what each needs", () => {
    const bill = billSchema.parse(billOfMaterials(manifest, packages));
    const refs = new Set(bill.components.map((one) => one["bom-ref"]));
    expect(refs.size).toBe(packages.length);
    expect(bill.dependencies).toHaveLength(packages.length + 1);
    const [own] = bill.dependencies;
    expect(own?.dependsOn).toHaveLength(
      Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length,
    );
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual(
      [],
    );
    expect(billOfMaterials(manifest, packages)).toEqual(bill);
  });

  test("finds a package where the runtime would", () => {
    const paths = new Set(["node_modules/a", "node_modules/a/node_modules/b", "node_modules/b"]);
    expect(resolveFrom("node_modules/a", "b", paths)).toBe("node_modules/a/node_modules/b");
    expect(resolveFrom("node_modules/a/node_modules/b", "a", paths)).toBe("node_modules/a");
    expect(resolveFrom("", "b", paths)).toBe("node_modules/b");
    expect(resolveFrom("", "c", paths)).toBeUndefined();
  });
});
