import { ItemError } from "@/core/models/errors";
import type { Embedder, TextKind } from "@/core/services/index/embedder";
import { checked } from "@/core/services/index/vector-texts";
import { batches } from "@/lib/batches";

/** A text that a model refuses is not made shorter than this, in characters. */
const shortestCut = 500;
/** What is asked to learn whether a model embeds at all. */
const plainText = "a word";

/**
 * A model's vectors that are not stored yet, so that none is made, or paid for, twice: what came before a call failed is
 * there when its batch is tried again. A call that the model refuses is split: endpoints differ in how many texts they
 * take at once, and one text may be too long for it.
 */
export class MadeVectors implements Embedder {
  private readonly made = new Map<string, Float32Array>();
  /** Texts that the endpoint took at once after it had refused more. */
  private most = Number.MAX_SAFE_INTEGER;

  constructor(readonly embedder: Embedder) {}

  get id(): string {
    return this.embedder.id;
  }

  get dimension(): number {
    return this.embedder.dimension;
  }

  readonly embed = async (
    texts: readonly string[],
    kind: TextKind,
    signal?: AbortSignal,
  ): Promise<Float32Array[]> => {
    const lacking = [...new Set(texts)].filter((text) => !this.made.has(text));
    for (const some of batches(lacking, this.most)) await this.ask(some, kind, signal);
    return texts.flatMap((text) => this.made.get(text) ?? []);
  };

  /** Lets go of them: they are stored, or will not be asked for again. */
  forget(): void {
    this.made.clear();
  }

  /** @throws what asking for one plain word does: then what went wrong before was no matter of its texts. */
  async check(signal: AbortSignal): Promise<void> {
    checked(await this.embedder.embed([plainText], "document", signal), 1, this.embedder);
  }

  /** @returns false where they were refused in one call, and made in smaller ones. */
  private async ask(texts: readonly string[], kind: TextKind, signal?: AbortSignal): Promise<boolean> {
    try {
      const vectors = await this.vectorsOf(texts, kind, signal);
      for (const [at, text] of texts.entries()) this.made.set(text, vectors[at] ?? new Float32Array());
      return true;
    } catch (error) {
      const [only] = texts;
      if (!(error instanceof ItemError) || only === undefined) throw error;
      if (texts.length === 1) {
        this.made.set(only, await this.ofItsStart(only, error, kind, signal));
        return false;
      }
      const half = Math.ceil(texts.length / 2);
      const isFirstTaken = await this.ask(texts.slice(0, half), kind, signal);
      const isSecondTaken = await this.ask(texts.slice(half), kind, signal);
      // Otherwise one text was the matter, not how many there were.
      if (isFirstTaken && isSecondTaken) this.most = Math.min(this.most, half);
      return false;
    }
  }

  private async vectorsOf(texts: readonly string[], kind: TextKind, signal?: AbortSignal) {
    return checked(await this.embedder.embed(texts, kind, signal), texts.length, this.embedder);
  }

  /** As models on this machine do with a text that is too long for them: its start stands for it. */
  private async ofItsStart(
    text: string,
    refusal: ItemError,
    kind: TextKind,
    signal?: AbortSignal,
  ): Promise<Float32Array> {
    const half = Math.floor(text.length / 2);
    if (half < shortestCut) throw refusal;
    const start = text.slice(0, half).replace(/[\uD800-\uDBFF]$/, "");
    try {
      const [vector] = await this.vectorsOf([start], kind, signal);
      return vector ?? new Float32Array();
    } catch (error) {
      if (!(error instanceof ItemError)) throw error;
      return this.ofItsStart(start, error, kind, signal);
    }
  }
}
