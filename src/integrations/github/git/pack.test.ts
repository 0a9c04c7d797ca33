import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { PermanentError } from "@/core/models/errors";
import { type GitObject, hashOf, readPack } from "./pack";

const kinds = { commit: 1, tree: 2, blob: 3, tag: 4, offset: 6, reference: 7 };

/** The head of an entry: kind and size, in as many bytes as the size takes. */
function head(kind: keyof typeof kinds, size: number): Buffer {
  const bytes = [(kinds[kind] << 4) | (size & 15)];
  for (let left = size >> 4; left > 0; left >>= 7) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 128;
    bytes.push(left & 127);
  }
  return Buffer.from(bytes);
}

const sized = (size: number): Buffer => {
  const bytes: number[] = [];
  for (let left = size; ; left >>= 7) {
    bytes.push((left & 127) | (left > 127 ? 128 : 0));
    if (left <= 127) return Buffer.from(bytes);
  }
};

const whole = (kind: keyof typeof kinds, text: string) =>
  Buffer.concat([head(kind, text.length), deflateSync(Buffer.from(text))]);

/** A difference that copies `length` bytes of the base from `from` on, then puts in `text`. */
function delta(
  base: string,
  from: number,
  length: number,
  text: string,
  says = length + text.length,
): Buffer {
  const copy = Buffer.from([
    0x80 | 0x01 | 0x02 | 0x10 | 0x20,
    from & 255,
    from >> 8,
    length & 255,
    length >> 8,
  ]);
  return Buffer.concat([
    sized(base.length),
    sized(says),
    copy,
    Buffer.from([text.length]),
    Buffer.from(text),
  ]);
}

function packOf(count: number, ...entries: Buffer[]): Buffer {
  const begin = Buffer.alloc(12);
  begin.write("PACK");
  begin.writeUInt32BE(2, 4);
  begin.writeUInt32BE(count, 8);
  const body = Buffer.concat([begin, ...entries]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

const texts = (objects: ReadonlyMap<string, GitObject>) =>
  [...objects.values()].map(({ type, data }) => `${type} ${data.toString()}`);

describe("a pack", () => {
  test("gives whole objects of every kind, by the hashes that git gives them", () => {
    const objects = readPack(
      packOf(3, whole("blob", "hello\n"), whole("tree", ""), whole("commit", "tree x")),
    );
    expect(texts(objects)).toEqual(["blob hello\n", "tree ", "commit tree x"]);
    // What `git hash-object` says of these.
    expect([...objects.keys()].slice(0, 2)).toEqual([
      "ce013625030ba8dba906f756967f9e9ca394464a",
      "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    ]);
  });

  test("gives objects that build on others, by their place or their hash, one upon the other", () => {
    const base = "The gate of dock three leaks. ".repeat(20);
    const first = whole("blob", base);
    const onFirst = delta(base, 4, 300, "Still.");
    const second = base.slice(4, 304) + "Still.";
    const onSecond = delta(second, 0, 10, "Dry.");
    const byPlace = Buffer.concat([
      head("offset", onFirst.length),
      offset(first.length),
      deflateSync(onFirst),
    ]);
    const hash = Buffer.from(hashOf({ type: "blob", data: Buffer.from(second) }), "hex");
    const byHash = Buffer.concat([head("reference", onSecond.length), hash, deflateSync(onSecond)]);
    const objects = readPack(packOf(3, first, byPlace, byHash));
    expect(texts(objects)).toEqual([`blob ${base}`, `blob ${second}`, `blob ${second.slice(0, 10)}Dry.`]);
  });

  test("of a large object is read whole", () => {
    const text = "x".repeat(300_000);
    expect(texts(readPack(packOf(1, whole("blob", text))))).toEqual([`blob ${text}`]);
  });
});

/** How far back the base lies, as git writes it: each byte but the last stands for one more than it holds. */
function offset(back: number): Buffer {
  const bytes = [back & 127];
  for (let left = back >> 7; left > 0; left >>= 7) bytes.unshift((--left & 127) | 128);
  return Buffer.from(bytes);
}

describe("a pack that is none", () => {
  const good = whole("blob", "hello\n");
  const difference = (bytes: Buffer) =>
    Buffer.concat([head("offset", bytes.length), offset(good.length), deflateSync(bytes)]);
  test.each<[string, Buffer, string]>([
    ["another file", Buffer.from("<html>Sign in</html>"), "does not begin as one"],
    ["nothing", Buffer.alloc(0), "does not begin as one"],
    ["one that ends within an object", packOf(1, good).subarray(0, 16), "cannot be unpacked"],
    [
      "one that counts more objects than it has",
      packOf(2, good).subarray(0, 12 + good.length),
      "ends too early",
    ],
    [
      "an object of another length",
      packOf(1, Buffer.concat([head("blob", 3), good.subarray(1)])),
      "cannot be unpacked",
    ],
    ["noise", packOf(1, Buffer.concat([head("blob", 5), Buffer.from("noise")])), "cannot be unpacked"],
    [
      "a difference to nothing",
      packOf(1, Buffer.concat([head("reference", 3), Buffer.alloc(20), deflateSync(Buffer.from("abc"))])),
      "builds on one that is not in it",
    ],
    [
      "a difference that gives less than it says",
      packOf(2, good, difference(delta("hello\n", 0, 6, "x", 90))),
      "does not give what it says",
    ],
    [
      "a difference to a base of another length",
      packOf(2, good, difference(delta("hello, all\n", 0, 6, "x"))),
      "builds on another object",
    ],
    [
      "a difference past its base's end",
      packOf(2, good, difference(delta("hello\n", 3, 200, "x"))),
      "does not give what it says",
    ],
    [
      "an object of gigabytes",
      packOf(1, Buffer.concat([head("blob", 2_000_000_000), deflateSync(Buffer.alloc(10))])),
      "more than 128 MB",
    ],
  ])("%s is refused in words", (_case, pack, words) => {
    const reading = () => readPack(pack);
    expect(reading).toThrow(PermanentError);
    expect(reading).toThrow(words);
  });
});
