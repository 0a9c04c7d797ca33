import { describe, expect, test } from "bun:test";
import { AuthError, ItemError, messageOf } from "@/core/models/errors";
import type { Embedder } from "@/core/services/index/embedder";
import { Embedders } from "./embedders";

const forever = () => new Promise<never>(() => undefined);

/** Embedders whose one model embeds as told; a query waits 30 ms for it. */
function embeddersOf(embed: Embedder["embed"]) {
  const embedders = new Embedders(async () => ({ id: "openai:m#2", dimension: 2, embed }), 30);
  return (text: string) => embedders.embedQuery("openai:m#2", text);
}

const vector = async () => [new Float32Array([1, 0])];

describe("a query's vector", () => {
  test("is waited for no longer than a search may take, though the model is still being opened", async () => {
    const embedders = new Embedders(forever, 30);
    embedders.open("openai:m").catch(() => undefined);
    await expect(embedders.embedQuery("openai:m#2", "q")).rejects.toThrow(
      "did not answer within 0.03 seconds",
    );
  });

  test("is not asked for again at once where the model hangs", async () => {
    let asked = 0;
    const embedQuery = embeddersOf(() => {
      asked++;
      return forever();
    });
    await expect(embedQuery("one")).rejects.toThrow("did not answer within");
    await expect(embedQuery("two")).rejects.toThrow("did not answer within");
    expect(asked).toBe(1);
  });

  test("is that of its start where it is too long for the model", async () => {
    const embedQuery = embeddersOf(([text = ""]) =>
      text.length > 2_000 ? Promise.reject(new ItemError("too long")) : vector(),
    );
    expect(await embedQuery("word ".repeat(2_000))).toEqual(new Float32Array([1, 0]));
  });

  test("says again what a person can mend, while the model is left alone", async () => {
    const refused = new AuthError("The model m refuses the key (401).", {
      action: "Check EMBEDDING_API_KEY.",
    });
    const embedders = new Embedders(() => Promise.reject(refused), 1_000);
    for (const query of ["one", "two"])
      await expect(embedders.embedQuery("openai:m#2", query).catch(messageOf)).resolves.toBe(
        "The model m refuses the key (401). Check EMBEDDING_API_KEY.",
      );
  });

  test("that the model refuses costs no other query its own", async () => {
    const embedQuery = embeddersOf(([text]) =>
      text === "odd" ? Promise.reject(new ItemError("refused")) : vector(),
    );
    await embedQuery("odd").catch(() => undefined);
    expect(await embedQuery("plain")).toEqual(new Float32Array([1, 0]));
  });

  test("is remembered only if it is one", async () => {
    let asked = 0;
    const embedQuery = embeddersOf(() => {
      asked++;
      return asked === 1 ? Promise.reject(new ItemError("refused")) : vector();
    });
    await embedQuery("q").catch(() => undefined);
    await embedQuery("q");
    await embedQuery("q");
    expect(asked).toBe(2);
    const broken = embeddersOf(async () => [new Float32Array([Number.NaN, 0])]);
    await expect(broken("q")).rejects.toThrow("in place of 1");
  });
});
