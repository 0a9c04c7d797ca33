/**
 * Assembles `popcount.wat` (flat instructions, integers only) into WebAssembly and writes the bytes into the source:
 * `bun scripts/kernel/assemble.ts`. A test compares the committed bytes with what this makes of the text.
 *
 * Source: WebAssembly Core Specification, binary format (https://webassembly.github.io/spec/core/binary/).
 */
import { join, resolve } from "node:path";
import { parseExpressions, type Expression } from "./expressions";
import { encodeBody } from "./instructions";
import { section, text, unsigned, vector } from "./bytes";

const valueTypes: Record<string, number> = { i32: 0x7f, i64: 0x7e };

interface Part {
  kind: "param" | "result" | "local";
  name: string | undefined;
  type: number;
}

/** The module's bytes. */
export function assemble(source: string): Uint8Array {
  const [module] = parseExpressions(source);
  if (!Array.isArray(module)) throw new Error("The text holds no module.");
  const functions = module.filter((item): item is Expression[] => Array.isArray(item) && item[0] === "func");
  const parts = functions.map(partsOf);
  const codes = functions.map((item, index) => codeOf(item, parts[index] ?? []));
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(parts.map(typeOf))),
    ...section(2, vector([[...text("env"), ...text("memory"), 0x02, 0x00, ...unsigned(1)]])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(
      7,
      vector(functions.map((item, index) => [...text(exportOf(item)), 0x00, ...unsigned(index)])),
    ),
    ...section(10, vector(codes.map((code) => [...unsigned(code.length), ...code]))),
  ]);
}

function partsOf(item: readonly Expression[]): Part[] {
  return item.filter(Array.isArray).flatMap((part: Expression[]) => {
    const [kind, ...rest] = part.map(String);
    if (kind !== "param" && kind !== "result" && kind !== "local") return [];
    const type = valueTypes[rest.at(-1) ?? ""];
    if (type === undefined) throw new Error(`No value type in (${part.join(" ")}).`);
    return [{ kind, name: rest.length > 1 ? rest[0] : undefined, type }];
  });
}

function typeOf(parts: readonly Part[]): number[] {
  const of = (kind: Part["kind"]) =>
    vector(parts.filter((part) => part.kind === kind).map(({ type }) => [type]));
  return [0x60, ...of("param"), ...of("result")];
}

function exportOf(item: readonly Expression[]): string {
  const found = item.find((part): part is Expression[] => Array.isArray(part) && part[0] === "export");
  return String(found?.[1]).replaceAll('"', "");
}

function codeOf(item: readonly Expression[], parts: readonly Part[]): number[] {
  const locals = parts.filter((part) => part.kind === "local");
  const names = parts.filter((part) => part.kind !== "result").map((part) => part.name ?? "");
  const words = item.slice(1).filter((word): word is string => typeof word === "string");
  return [...vector(locals.map(({ type }) => [...unsigned(1), type])), ...encodeBody(words, names)];
}

if (import.meta.main) {
  const source = await Bun.file(join(import.meta.dir, "popcount.wat")).text();
  const bytes = Buffer.from(assemble(source)).toString("base64");
  const target = resolve(import.meta.dir, "../../src/core/services/search/vectors/kernel-bytes.ts");
  await Bun.write(
    target,
    `/** Made by \`bun scripts/kernel/assemble.ts\` from \`scripts/kernel/popcount.wat\`. */\nexport const kernelBytes =\n  "${bytes}";\n`,
  );
}
