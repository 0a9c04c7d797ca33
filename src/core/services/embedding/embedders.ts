import { ItemError, messageOf, TransientError } from "@/core/models/errors";
import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { MadeVectors } from "./made-vectors";
import type { OpenEmbedder } from "./open-embedder";

/** How long a model that did not answer is not asked for a query: a search must not wait for it each time. */
const REST_MS = 15_000;
/** How long a search waits for its query's vector. */
const QUERY_MS = 5_000;
/** Queries whose vectors are remembered. */
const MOST_QUERIES = 500;

/** Opened embedders by name, each opened once, and the vectors of recent queries. */
export class Embedders {
  private readonly opened = new Map<string, Promise<Embedder>>();
  private readonly resting = new Map<string, { until: number; reason: string }>();
  private readonly queries = new Map<string, Float32Array>();
  private readonly closing = new AbortController();

  constructor(
    private readonly openOne: OpenEmbedder,
    private readonly queryMs = QUERY_MS,
  ) {}

  /** @throws whatever opening it does; the next call tries again. */
  open(name: string, signal?: AbortSignal): Promise<Embedder> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = this.openOne(name, signal);
    this.opened.set(name, opening);
    opening.then(
      () => this.resting.delete(name),
      (error: unknown) => {
        if (this.opened.get(name) === opening) this.opened.delete(name);
        this.letRest(name, error);
      },
    );
    return opening;
  }

  /**
   * Embeds a query with the model of an index version: `id` is the version's name.
   *
   * @throws TransientError when the model is not what it was when the version was made, does not answer in time, or did
   * not a moment ago.
   */
  async embedQuery(id: string, text: string): Promise<Float32Array> {
    if (id === inlineEmbedder.id) return this.ask(inlineEmbedder, text);
    const key = `${id}\n${text}`;
    const known = this.queries.get(key);
    if (known !== undefined) return known;
    const name = id.replace(/#[^#]*$/, "");
    this.rest(name);
    const signal = AbortSignal.timeout(this.queryMs);
    try {
      const vector = await Promise.race([
        this.byId(id, name, text, signal),
        late(signal, name, this.queryMs),
      ]);
      this.resting.delete(name);
      if (this.queries.size >= MOST_QUERIES) this.queries.clear();
      this.queries.set(key, vector);
      return vector;
    } catch (error) {
      // What it refuses is a matter of that one question.
      if (!(error instanceof ItemError)) this.letRest(name, error);
      throw error;
    }
  }

  /** Opens the model anew when it is next asked for. */
  async forget(name: string): Promise<void> {
    const known = this.opened.get(name);
    this.opened.delete(name);
    // One that could not be opened keeps nothing running.
    const embedder = await known?.catch(() => undefined);
    await embedder?.close?.();
  }

  /** Ends what opened embedders keep running. */
  async close(): Promise<void> {
    this.closing.abort();
    const opened = await Promise.allSettled(this.opened.values());
    this.opened.clear();
    for (const one of opened) if (one.status === "fulfilled") await one.value.close?.();
  }

  /** Once a model did not answer, one query tries it at a time: the others do without meanwhile. */
  private rest(name: string): void {
    const rest = this.resting.get(name);
    if (rest === undefined) return;
    if (rest.until > Date.now()) throw new TransientError(rest.reason);
    this.resting.set(name, { ...rest, until: Date.now() + REST_MS });
  }

  private letRest(name: string, error: unknown): void {
    this.resting.set(name, { until: Date.now() + REST_MS, reason: messageOf(error) });
  }

  private async byId(id: string, name: string, text: string, signal: AbortSignal): Promise<Float32Array> {
    // Opening it may take longer than this query waits, and is of use to the next.
    const embedder = await this.open(name, this.closing.signal);
    if (embedder.id === id) return this.ask(embedder, text, signal);
    throw new TransientError(`The model ${name} is no longer the one that made the vectors.`);
  }

  private async ask(embedder: Embedder, text: string, signal?: AbortSignal): Promise<Float32Array> {
    // As with passages, the start of one that is too long for the model stands for it.
    const [vector] = await new MadeVectors(embedder).embed([text], "query", signal);
    if (vector === undefined)
      throw new TransientError(`The model ${embedder.id} gave no vector for the query.`);
    return vector;
  }
}

/** Whatever it is that is waited for, a search goes on in time. */
function late(signal: AbortSignal, name: string, ms: number): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () =>
      reject(new TransientError(`The model ${name} did not answer within ${ms / 1_000} seconds.`));
    signal.addEventListener("abort", stop, { once: true });
  });
}
