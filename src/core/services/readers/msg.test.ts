import { describe, expect, test } from "bun:test";
import { readCompound } from "./cfb";
import { compoundOf, type FixtureFolder } from "./cfb-fixtures";
import { readWhole, refusalOf } from "./fixtures";

const wide = (text: string) => Buffer.from(text, "utf16le");
const text = (id: string, value: string) => ({ [`__substg1.0_${id}001F`]: wide(value) });

/** Properties of a fixed size: numbers, and times as ISO dates. */
function fixed(head: number, values: Record<number, number | string>): FixtureFolder {
  const rows = Object.entries(values).map(([id, value]) => {
    const row = Buffer.alloc(16);
    row.writeUInt16LE(Number(id), 2);
    if (typeof value === "number") row.writeUInt32LE(value, 8);
    else row.writeBigUInt64LE(BigInt(Date.parse(value) + 11_644_473_600_000) * 10_000n, 8);
    return row;
  });
  return { "__properties_version1.0": Buffer.concat([Buffer.alloc(head), ...rows]) };
}

const person = (name: string, address: string, type: number): FixtureFolder => ({
  ...fixed(8, { 0x0c15: type }),
  ...text("3001", name),
  ...text("39FE", address),
});
const MAIL: FixtureFolder = {
  ...fixed(32, { 0x0039: "2026-05-01T07:00:00Z" }),
  ...text("0037", "Tides"),
  ...text("0C1A", "Ada"),
  ...text("0C1F", "/O=COMPANY/CN=ADA"),
  ...text("5D01", "ada@example.com"),
  ...text("1000", "First\r\n\r\nSecond"),
  ...text("1035", "<1@x>"),
  "__recip_version1.0_#00000000": person("Bob", "bob@example.com", 1),
  "__recip_version1.0_#00000001": person("Cleo", "cleo@example.com", 2),
  "__attach_version1.0_#00000000": { ...text("3707", "plan 2026.pdf"), ...text("3704", "PLAN~1.PDF") },
  "__attach_version1.0_#00000001": {
    ...text("3707", "a.txt"),
    "__substg1.0_37010102": Buffer.from("Attached"),
  },
};

describe("a mail that Outlook saved", () => {
  test("tells who wrote to whom, when, what, and with which attachments", async () => {
    const read = await readWhole("a.msg", compoundOf(MAIL));
    expect(read).toMatchObject({
      title: "Tides",
      kind: "email",
      author: "Ada (ada@example.com)",
      artifactDate: "2026-05-01T07:00:00.000Z",
      metadata: {
        to: ["Bob (bob@example.com)"],
        messageId: "<1@x>",
        attachments: ["plan 2026.pdf", "a.txt"],
      },
    });
    expect(read.markdown).toBe(
      "- **From:** Ada (ada@example.com)\n- **To:** Bob (bob@example.com)\n- **Cc:** Cleo (cleo@example.com)\n" +
        "- **Date:** 2026-05-01T07:00:00.000Z\n- **Subject:** Tides\n\nFirst\n\nSecond\n\n## Attachments\n\n- plan 2026.pdf\n- a.txt\n\n### a.txt\n\nAttached",
    );
  });

  test("in an old code page, or in long HTML alone, is read as well", async () => {
    const old = {
      ...fixed(32, { 0x3ffd: 1251 }),
      "__substg1.0_0037001E": Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    };
    expect((await readWhole("a.msg", compoundOf(old))).title).toBe("Привет");
    const html = Buffer.from(`<p>Grüße <b>bold</b></p>${"<p>More</p>".repeat(1_000)}`);
    const page = { ...text("0037", "Page"), "__substg1.0_10130102": html };
    expect((await readWhole("a.msg", compoundOf(page))).markdown).toContain("Grüße **bold**\n\nMore\n\nMore");
  });

  test("that is text under its name is read as a mail or as the text it is", async () => {
    expect(await readWhole("a.msg", "Subject: Tides\n\nWords")).toMatchObject({
      title: "Tides",
      kind: "email",
    });
    const definition = "uint8 speed\nstring name\n";
    expect(await readWhole("b.msg", definition)).toMatchObject({
      markdown: definition.trim(),
      kind: "document",
    });
  });

  test("that is damaged, or none, says so", async () => {
    for (const bytes of ["\0 no mail", compoundOf(MAIL).subarray(0, 700)])
      expect(await refusalOf(readWhole("a.msg", bytes))).toContain(
        "a.msg is not a mail of Outlook's that can be read.",
      );
  });
});

describe("a compound file", () => {
  test("gives its streams and folders, short and long", () => {
    const long = new Uint8Array(100_000).map((_, at) => at % 251);
    const file = readCompound(
      compoundOf({ a: wide("x"), none: new Uint8Array(), b: { c: long, d: { e: wide("y") } } }),
    );
    expect([...file.streams.keys()]).toEqual(["a", "none"]);
    expect(file.folders.get("b")?.streams.get("c")).toEqual(long);
    expect(file.folders.get("b")?.folders.get("d")?.streams.get("e")).toEqual(new Uint8Array(wide("y")));
  });

  test("whose chains or folders go in circles ends", () => {
    const bytes = compoundOf({ a: new Uint8Array(5_000), b: wide("x") });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      const before = view.getUint32(at, true);
      view.setUint32(at, 1, true);
      try {
        readCompound(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      view.setUint32(at, before, true);
    }
  });
});
