import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { lazy } from "@/lib/lazy";

const packageFile = resolve(import.meta.dir, "../../../package.json");

/** The version of the program that runs. Read once: an upgrade of its files does not change what is in memory. */
export const programVersion = lazy(
  () => z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, "utf8"))).version,
);
