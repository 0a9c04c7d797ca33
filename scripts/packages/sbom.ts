/** A bill of materials as CycloneDX 1.6. */
import { createHash } from "node:crypto";
import { licenceOf } from "./licence";
import { type Manifest, type Package, resolveFrom } from "./lock";

/** The package URL; a scope's @ is encoded. */
const purl = ({ name, version }: Pick<Package, "name" | "version">) =>
  `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
const refOf = (entry: Package) => `${purl(entry)}#${entry.path}`;

/** The same for the same lock file: no time, no random number. */
export function billOfMaterials(manifest: Manifest, packages: readonly Package[]): Record<string, unknown> {
  const own = { type: "application", "bom-ref": "root", name: manifest.name, version: manifest.version };
  const byPath = new Map(packages.map((entry) => [entry.path, entry]));
  const paths = new Set(byPath.keys());
  const refs = (from: string, names: readonly string[]) =>
    names.flatMap((name) => {
      const entry = byPath.get(resolveFrom(from, name, paths) ?? "");
      return entry === undefined ? [] : [refOf(entry)];
    });
  const direct = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
  const components = packages.map(componentOf);
  const digest = createHash("sha256").update(JSON.stringify(components)).digest("hex");
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidFrom(digest)}`,
    version: 1,
    metadata: { component: { ...own, licenses: [{ license: { id: manifest.license } }] } },
    components,
    dependencies: [
      { ref: "root", dependsOn: refs("", direct) },
      ...packages.map((entry) => ({ ref: refOf(entry), dependsOn: refs(entry.path, entry.dependencies) })),
    ],
  };
}

function componentOf(entry: Package): Record<string, unknown> {
  const licence = licenceOf(entry);
  const isOne = !licence.includes(" ");
  return {
    type: "library",
    "bom-ref": refOf(entry),
    name: entry.name,
    version: entry.version,
    purl: purl(entry),
    scope: entry.dev ? "excluded" : "required",
    licenses: [isOne ? { license: { id: licence } } : { expression: licence }],
    ...(entry.integrity === undefined ? {} : { hashes: hashesOf(entry.integrity) }),
  };
}

/** From subresource integrity (`sha512-BASE64`) to hexadecimal. */
function hashesOf(integrity: string): { alg: string; content: string }[] {
  return integrity.split(" ").map((one) => {
    const [name = "", value = ""] = one.split(/-(.*)/s);
    return {
      alg: name.toUpperCase().replace("SHA", "SHA-"),
      content: Buffer.from(value, "base64").toString("hex"),
    };
  });
}

/** Version 8 of RFC 9562: ours to fill. */
function uuidFrom(hex: string): string {
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
