import { signed, unsigned } from "./bytes";

/** Instructions without an operand. */
const plain: Record<string, number> = {
  end: 0x0b,
  "i32.eqz": 0x45,
  "i32.le_u": 0x4d,
  "i32.ge_u": 0x4f,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.shl": 0x74,
  "i64.popcnt": 0x7b,
  "i64.add": 0x7c,
  "i64.and": 0x83,
  "i64.xor": 0x85,
  "i32.wrap_i64": 0xa7,
};

/** Loads and stores, with the power of two of their alignment. */
const memory: Record<string, readonly [code: number, alignment: number]> = {
  "i32.load": [0x28, 2],
  "i64.load": [0x29, 3],
  "i32.load8_u": [0x2d, 0],
  "i32.load16_u": [0x2f, 1],
  "i32.store": [0x36, 2],
  "i32.store16": [0x3b, 1],
};

const blocks: Record<string, number> = { block: 0x02, loop: 0x03 };
const branches: Record<string, number> = { br: 0x0c, br_if: 0x0d };
const locals: Record<string, number> = { "local.get": 0x20, "local.set": 0x21 };
const constants: Record<string, number> = { "i32.const": 0x41, "i64.const": 0x42 };
const noResult = 0x40;

/** The words of a function's body as code, with the closing `end`. `names` are parameters, then locals. */
export function encodeBody(words: readonly string[], names: readonly string[]): number[] {
  const code: number[] = [];
  const labels: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const next = () => words[++at] ?? "";
    const access = memory[word];
    if (access !== undefined) {
      const offset = words[at + 1]?.startsWith("offset=") === true ? Number(next().slice(7)) : 0;
      code.push(access[0], ...unsigned(access[1]), ...unsigned(offset));
    } else if (blocks[word] !== undefined) {
      labels.push(next());
      code.push(blocks[word], noResult);
    } else if (branches[word] !== undefined) {
      const depth = labels.length - 1 - labels.lastIndexOf(next());
      code.push(branches[word], ...unsigned(depth));
    } else if (locals[word] !== undefined) {
      code.push(locals[word], ...unsigned(indexOf(names, next())));
    } else if (constants[word] !== undefined) {
      code.push(constants[word], ...signed(Number(next())));
    } else {
      if (word === "end") labels.pop();
      code.push(plainCode(word));
    }
  }
  return [...code, 0x0b];
}

function indexOf(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index < 0) throw new Error(`No parameter or local is called ${name}.`);
  return index;
}

function plainCode(word: string): number {
  const code = plain[word];
  if (code === undefined) throw new Error(`Unknown instruction: ${word}`);
  return code;
}
