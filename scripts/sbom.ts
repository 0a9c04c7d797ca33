/** Prints a bill of materials (CycloneDX JSON) of this version from package-lock.json: `bun scripts/sbom.ts > sbom.json`. */
import { readManifest, readPackages } from "./packages/lock";
import { billOfMaterials } from "./packages/sbom";

process.stdout.write(`${JSON.stringify(billOfMaterials(readManifest(), readPackages()), null, 2)}\n`);
