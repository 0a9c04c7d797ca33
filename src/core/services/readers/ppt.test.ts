import { expect, test } from "bun:test";
import { compoundOf } from "./cfb-fixtures";
import { readWhole, refusalOf } from "./fixtures";

const longs = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
function record(type: number, content: Buffer[], { instance = 0, holds = false } = {}): Buffer {
  const data = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt16LE((instance << 4) | (holds ? 0xf : 0), 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}
const text = (kind: number, words: string) =>
  Buffer.concat([record(3999, [longs(kind)]), record(4000, [Buffer.from(words, "utf16le")])]);
const narrow = (words: string) =>
  Buffer.concat([record(3999, [longs(1)]), record(4008, [Buffer.from(words, "latin1")])]);
const listed = (persist: number, id: number) => record(1011, [longs(persist, 0, 0, id, 0)]);
/** A slide: shapes within groups, and which notes are its own. */
const slide = (type: number, notes: number, ...boxes: Buffer[]) =>
  record(type, [record(1007, [longs(0, 0, 0, 0, notes)]), record(0xf00d, boxes, { holds: true })], {
    holds: true,
  });

/** A presentation that was saved twice: the second time a slide was written anew, at the end. */
function pptOf(token = 0xe391c05f): Uint8Array {
  const document = record(
    1000,
    [
      record(4080, [listed(2, 256), text(0, "Tides\u000band the moon"), narrow("Spring\rNeap")], {
        holds: true,
      }),
      record(4080, [listed(4, 300)], { instance: 2, holds: true }),
    ],
    { holds: true },
  );
  const old = slide(1006, 0, text(4, "Old words"));
  const notes = slide(1008, 0, narrow("Say hello"), narrow("*"));
  const now = slide(
    1006,
    300,
    record(3998, [longs(0)]),
    record(3998, [longs(1)]),
    text(4, "Gr\u00fc\u00dfe"),
  );
  const parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
    return length - part.length;
  };
  const places = [document, old].map(add);
  const notesAt = add(notes);
  const directory = add(record(6002, [longs((2 << 20) | 1, ...places, (1 << 20) | 4, notesAt)]));
  const first = add(record(4085, [longs(0, 0, 0, directory, 1, 5, 0)]));
  const newer = add(now);
  const second = add(record(6002, [longs((1 << 20) | 2, newer)]));
  const last = add(record(4085, [longs(0, 0, first, second, 1, 5, 0)]));
  const user = record(4086, [longs(20, token, last)]);
  return compoundOf({
    "PowerPoint Document": new Uint8Array(Buffer.concat(parts)),
    "Current User": new Uint8Array(user),
  });
}

test("a presentation of before 2007 is one section a slide as it was saved last, with its notes", async () => {
  const read = await readWhole("talk.ppt", pptOf());
  expect(read).toMatchObject({ title: "talk", kind: "document", metadata: { slides: 1 } });
  expect(read.markdown).toBe(
    "## Slide 1: Tides and the moon\n\n- Spring\n- Neap\n- Grüße\n\n### Notes\n\nSay hello",
  );
});

test("a presentation of before 2007 that is locked or damaged says so", async () => {
  expect(await refusalOf(readWhole("a.ppt", pptOf(0xf3d1c4df)))).toContain(
    "a.ppt is protected by a password.",
  );
  expect(await refusalOf(readWhole("a.ppt", compoundOf({ a: new Uint8Array(9) })))).toContain(
    "a.ppt is damaged",
  );
});
