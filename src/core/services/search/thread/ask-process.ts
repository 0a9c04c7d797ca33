import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import type { VectorVersion } from "@/core/services/index/vector-versions";
import type { Reranker } from "../reranker";
import { errorFrom } from "./error-parts";
import type { FromThread, ProcessAnswer } from "./messages";

/** What a thread has the process do, which alone has the keys and connections of models elsewhere. */
export class AskProcess {
  #asked = new Map<number, PromiseWithResolvers<Float32Array | number[]>>();
  #last = 0;

  constructor(private readonly send: (message: FromThread) => void) {}

  /** Embeds queries as a version's passages were embedded. */
  readonly embedderOf = ({ model, dimension }: VectorVersion): Embedder => {
    if (model === inlineEmbedder.id) return inlineEmbedder;
    const embed = async (text: string) =>
      Float32Array.from(await this.#ask((job) => ({ kind: "embed", job, model, text })));
    return { id: model, dimension, embed: (texts) => Promise.all(texts.map(embed)) };
  };

  readonly reranker: Reranker = {
    score: async (question, passages) =>
      Array.from(await this.#ask((job) => ({ kind: "rerank", job, question, passages }))),
  };

  /** Takes what the process answered. */
  take(answer: ProcessAnswer): void {
    const wait = this.#asked.get(answer.job);
    if (answer.kind === "embedded") wait?.resolve(answer.vector);
    else if (answer.kind === "reranked") wait?.resolve(answer.scores);
    else wait?.reject(errorFrom(answer.error));
  }

  #ask(message: (job: number) => FromThread): Promise<Float32Array | number[]> {
    const job = ++this.#last;
    const wait = Promise.withResolvers<Float32Array | number[]>();
    this.#asked.set(job, wait);
    this.send(message(job));
    return wait.promise.finally(() => this.#asked.delete(job));
  }
}
