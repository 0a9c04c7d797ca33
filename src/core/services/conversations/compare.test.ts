import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { compareMessages } from "./compare";

const schema = z.object({ id: z.string(), text: z.string() });
type Message = z.infer<typeof schema>;
interface Row {
  id: string;
  said: boolean;
  artifact: string | null;
  raw: Message;
}
const stored = (id: string, text = "Hi.", artifact: string | null = null): Row => ({
  id,
  said: true,
  artifact,
  raw: { id, text },
});
const compare = (answered: readonly { id: string }[], rows: readonly Row[]) =>
  compareMessages(
    answered.map((entry) => ({ id: entry.id, entry })),
    rows,
    {
      schema,
      notice: (id) => ({ key: `m:${id}`, words: `Message ${id}` }),
      row: (raw, before) => ({ id: raw.id, said: true, artifact: before?.artifact ?? null, raw }),
    },
  );

describe("a page of messages", () => {
  test("tells what is new, changed, gone, and nothing of what is as it was", () => {
    const page = [stored("1").raw, { id: "2", text: "Changed." }, { id: "4", text: "New." }];
    const found = compare(page, [stored("1"), stored("2", "Hi.", "conv"), stored("3")]);
    expect([...found.written.keys()]).toEqual(["2", "4"]);
    expect(found.written.get("2")).toEqual(stored("2", "Changed.", "conv"));
    expect([...found.deleted]).toEqual(["3"]);
    expect(found.gone).toEqual([stored("3")]);
    expect(found.failures).toEqual([]);
  });

  test("an entry of an unknown shape is told by its fields, and what is stored of it is not gone", () => {
    const odd = { id: "2", text: 7 };
    const found = compare([stored("1").raw, odd, { id: "3" }], [stored("1"), stored("2")]);
    expect(found.written.size).toBe(0);
    expect(found.deleted.size).toBe(0);
    expect(found.failures).toEqual([
      { key: "m:2", reason: "Message 2 has a shape that is not known here (text); it is left out." },
      { key: "m:3", reason: "Message 3 has a shape that is not known here (text); it is left out." },
    ]);
  });

  test("fields that nobody reads change nothing", () => {
    const found = compare([{ ...stored("1").raw, ...{ fetchedAt: "later" } }], [stored("1")]);
    expect(found.written.size).toBe(0);
  });

  test("that is empty leaves nothing", () => {
    expect([...compare([], [stored("1"), stored("2")]).deleted]).toEqual(["1", "2"]);
    expect(compare([], []).gone).toEqual([]);
  });
});
