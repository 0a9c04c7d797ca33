import { describe, expect, test } from "bun:test";
import { ItemError, TransientError } from "@/core/models/errors";
import { MadeVectors } from "./made-vectors";

/** A model that refuses as told, and what it was asked for. */
function model(refuses: (texts: readonly string[]) => Error | undefined) {
  const calls: string[][] = [];
  const vectors = new MadeVectors({
    id: "m#2",
    dimension: 2,
    embed: async (texts) => {
      calls.push([...texts]);
      const refusal = refuses(texts);
      if (refusal !== undefined) throw refusal;
      return texts.map((text) => new Float32Array(text.length % 2 === 0 ? [1, 0] : [0, 1]));
    },
  });
  return { vectors, calls };
}

const texts = Array.from({ length: 40 }, (_, at) => `text ${"x".repeat(at)}`);

describe("vectors that are not stored yet", () => {
  test("are not made again when a later call fails, and one text is asked for once", async () => {
    let isDown = true;
    const { vectors, calls } = model((some) =>
      isDown && some.includes("b") ? new TransientError("down") : undefined,
    );
    await vectors.embed(["a"], "document");
    await vectors.embed(["a", "b"], "document").catch(() => undefined);
    isDown = false;
    expect(await vectors.embed(["a", "b", "b", "a"], "document")).toHaveLength(4);
    expect(calls).toEqual([["a"], ["b"], ["b"]]);
  });

  test("come in smaller calls where an endpoint takes fewer texts at once", async () => {
    const { vectors, calls } = model((some) => (some.length > 10 ? new ItemError("too many") : undefined));
    const made = await vectors.embed(texts, "document");
    expect(made.map(([first]) => first)).toEqual(texts.map((text) => (text.length % 2 === 0 ? 1 : 0)));
    vectors.forget();
    calls.length = 0;
    await vectors.embed(texts, "document");
    expect(calls.map((call) => call.length)).toEqual([10, 10, 10, 10]);
  });

  test("of a text that is too long for the model are those of its start", async () => {
    const { vectors } = model(([text = ""]) => (text.length > 3_000 ? new ItemError("too long") : undefined));
    expect(await vectors.embed(["a", "😀".repeat(4_000)], "document")).toHaveLength(2);
  });

  test("come in calls as large as before, though one text was too long", async () => {
    const isLong = (text: string) => text.length > 3_000;
    const { vectors, calls } = model((some) => (some.some(isLong) ? new ItemError("too long") : undefined));
    await vectors.embed([...texts.slice(1), "long ".repeat(1_000)], "document");
    vectors.forget();
    calls.length = 0;
    await vectors.embed(texts, "document");
    expect(calls).toHaveLength(1);
  });

  test("are none where the model refuses a short text", async () => {
    const { vectors, calls } = model((some) => (some.includes("odd") ? new ItemError("refused") : undefined));
    await expect(vectors.embed(["plain", "odd"], "document")).rejects.toThrow("refused");
    await vectors.embed(["plain"], "document");
    expect(calls.filter((call) => call.includes("plain") && !call.includes("odd"))).toHaveLength(1);
  });
});
