import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

const packageFile = resolve(import.meta.dir, "../../../../package.json");

/** How the client names itself to providers: `Stoneturner/<version>`. */
export function userAgent(file = packageFile): string {
  return `Stoneturner/${z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, "utf8"))).version}`;
}
