import { TransientError } from "@/core/models/errors";
import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import type { OpenEmbedder } from "./open-embedder";

/** How long a model that could not be opened is not tried again for a query: a search must not wait for it each time. */
const REST_MS = 15_000;
/** How long a query's embedding may take. */
const QUERY_MS = 5_000;
/** Queries whose vectors are remembered. */
const MOST_QUERIES = 500;

/** Opened embedders by name, each opened once, and the vectors of recent queries. */
export class Embedders {
  private readonly opened = new Map<string, Promise<Embedder>>();
  private readonly resting = new Map<string, number>();
  private readonly queries = new Map<string, Float32Array>();

  constructor(private readonly openOne: OpenEmbedder) {}

  /** @throws whatever opening it does; the next call tries again. */
  open(name: string, signal?: AbortSignal): Promise<Embedder> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opening = this.openOne(name, signal);
    this.opened.set(name, opening);
    opening.catch(() => {
      this.opened.delete(name);
      this.resting.set(name, Date.now() + REST_MS);
    });
    return opening;
  }

  /**
   * Embeds a query with the model of an index version: `id` is the version's name.
   *
   * @throws TransientError when the model is not what it was when the version was made, or did not answer a moment ago.
   */
  async embedQuery(id: string, text: string): Promise<Float32Array> {
    const key = `${id}\n${text}`;
    const known = this.queries.get(key);
    if (known !== undefined) return known;
    const signal = AbortSignal.timeout(QUERY_MS);
    const embedder = await this.byId(id, signal);
    const [vector] = await embedder.embed([text], "query", signal);
    if (vector === undefined) throw new TransientError(`The model ${id} gave no vector for the query.`);
    if (this.queries.size >= MOST_QUERIES) this.queries.clear();
    this.queries.set(key, vector);
    return vector;
  }

  /** Ends what opened embedders keep running. */
  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values());
    this.opened.clear();
    for (const one of opened) if (one.status === "fulfilled") await one.value.close?.();
  }

  private async byId(id: string, signal: AbortSignal): Promise<Embedder> {
    if (id === inlineEmbedder.id) return inlineEmbedder;
    const name = id.replace(/#[^#]*$/, "");
    if ((this.resting.get(name) ?? 0) > Date.now())
      throw new TransientError(`The model ${name} does not answer.`);
    const embedder = await this.open(name, signal);
    if (embedder.id === id) return embedder;
    throw new TransientError(`The model ${name} is no longer the one that made the vectors.`);
  }
}
