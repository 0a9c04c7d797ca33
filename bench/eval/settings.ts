import { readFileSync } from "node:fs";
import { z } from "zod";
import { defaultWeights, legNames, type Weights } from "@/core/services/search/weights";

/** Weights under a name, to be compared. */
export interface Setting {
  name: string;
  weights: Weights;
}

const objectSchema = z.record(z.string(), z.unknown());

/** For each leg that counts, the default without it. */
export function ablations(): Setting[] {
  return legNames
    .filter((leg) => defaultWeights.legs[leg] !== 0 && leg !== "reranker")
    .map((leg) => ({
      name: `without ${leg}`,
      weights: { ...defaultWeights, legs: { ...defaultWeights.legs, [leg]: 0 } },
    }));
}

/**
 * A setting from a JSON file or JSON text that names only what differs from the default, such as
 * `{"legs": {"pairs": 0.1}}`.
 *
 * @throws Error that names a key which the table of weights does not have, or a value of another type.
 */
export function settingFrom(source: string): Setting {
  const isText = source.trimStart().startsWith("{");
  const changes = objectSchema.parse(JSON.parse(isText ? source : readFileSync(source, "utf8")));
  // Every key and type was compared with the default's, so the shape is the same.
  const weights = merge({ ...defaultWeights }, changes, "") as unknown as Weights;
  return { name: isText ? source : source.replace(/^.*\//, ""), weights };
}

/** `base` with `changes`, which may only name keys that it has, with values of the same type. */
function merge(
  base: Record<string, unknown>,
  changes: Record<string, unknown>,
  path: string,
): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const known = base[key];
    const nested = objectSchema.safeParse(known);
    if (nested.success) merged[key] = merge(nested.data, objectSchema.parse(value), `${path}${key}.`);
    else if (typeof known === typeof value) merged[key] = value;
    else throw new Error(`The table of weights has no ${typeof value} at ${path}${key}.`);
  }
  return merged;
}
