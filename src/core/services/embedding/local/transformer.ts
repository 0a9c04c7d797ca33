import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";
import type { TypedTensor } from "onnxruntime-web";
import { messageOf, PermanentError } from "@/core/models/errors";
import type { TextKind } from "@/core/services/index/embedder";
import { sha256 } from "@/lib/hash";
import { readModelFiles, type ModelFiles } from "./model-files";
import { loadRuntime, type LoadedRuntime, type Session } from "./runtime";

/** A model's output for a batch: numbers in rows, and how many rows in each direction. */
interface Output {
  data: Float32Array;
  dims: readonly number[];
}

/** Texts as the model takes them, each as long as the longest of them. */
interface Batch {
  ids: readonly (readonly number[])[];
  /** Which of a pair's two texts each token belongs to; without it, all are of one text. */
  types?: readonly (readonly number[])[];
  length: number;
}

/**
 * A transformer in ONNX form that turns texts into vectors: tokens in, the mean of their outputs (or the first) out, at
 * length 1. Source: N. Reimers, I. Gurevych, "Sentence-BERT" (2019), section 3, for the pooling.
 */
export class Transformer {
  private constructor(
    private readonly files: ModelFiles,
    private readonly tokenizer: Tokenizer,
    private readonly runtime: LoadedRuntime["runtime"],
    private readonly session: Session,
    /** Names the graph: vectors of two graphs are never compared. */
    readonly revision: string,
  ) {}

  /** @throws PermanentError when the folder holds no model that can be used, or there is nothing to run it. */
  static async open(folder: string, modelsFolder: string): Promise<Transformer> {
    const files = readModelFiles(folder);
    const { runtime } = loadRuntime(modelsFolder);
    const graph = new Uint8Array(readFileSync(files.graph));
    try {
      const tokenizer = new Tokenizer(files.tokenizer, files.tokenizerConfig);
      const session = await runtime.InferenceSession.create(graph);
      return new Transformer(files, tokenizer, runtime, session, sha256(graph).slice(0, 8));
    } catch (error) {
      throw new PermanentError(`The model in ${folder} cannot be opened: ${messageOf(error)}`, {
        action: "Put a whole model in ONNX form there, or name another.",
        cause: error,
      });
    }
  }

  /** One vector a text, in order. Memory grows with the number of texts times the longest. */
  async embed(texts: readonly string[], kind: TextKind): Promise<Float32Array[]> {
    const ids = texts.map((text) => this.tokens(this.files.prompts[kind] + text));
    const batch = { ids, length: Math.max(...ids.map((list) => list.length)) };
    const output = await this.run(batch);
    return ids.map((list, row) => unit(this.pool(output, row, list.length, batch.length)));
  }

  /**
   * How well each text answers the question, from 0 to 1, in order: both go through the model together. Source: R.
   * Nogueira, K. Cho, "Passage Re-ranking with BERT" (2019).
   */
  async score(question: string, texts: readonly string[]): Promise<number[]> {
    const pairs = texts.map((text) =>
      this.tokenizer.encode(question, { text_pair: text, return_token_type_ids: true }),
    );
    const ids = pairs.map((pair) => this.cut(pair.ids));
    const types = pairs.map((pair) => this.cut(pair.token_type_ids));
    const output = await this.run({ ids, types, length: Math.max(...ids.map((list) => list.length)) });
    const width = output.dims.at(-1) ?? 1;
    if (output.dims.length !== 2 || width > 2)
      throw new PermanentError("The model gives no score for a question and a text.", {
        action: "Name a cross-encoder in RERANK_MODEL, such as local:Xenova/ms-marco-MiniLM-L-6-v2.",
      });
    // With two outputs the first is for "no".
    return texts.map((_, row) => {
      const no = width === 2 ? (output.data[row * width] ?? 0) : 0;
      return 1 / (1 + Math.exp(no - (output.data[(row + 1) * width - 1] ?? 0)));
    });
  }

  private tokens(text: string): number[] {
    return this.cut(this.tokenizer.encode(text).ids);
  }

  /** The last token closes the text, so it stays where the text is cut. */
  private cut(list: number[]): number[] {
    const { longest } = this.files;
    return list.length <= longest ? list : [...list.slice(0, longest - 1), ...list.slice(-1)];
  }

  private async run({ ids, types, length }: Batch): Promise<Output> {
    const shape = [ids.length, length];
    const numbers = (rows: readonly (readonly number[])[] = []) => {
      const values = new BigInt64Array(ids.length * length);
      for (const [row, list] of rows.entries())
        for (const [at, value] of list.entries()) values[row * length + at] = BigInt(value);
      return values;
    };
    const inputs: Record<string, BigInt64Array> = {
      input_ids: numbers(ids),
      attention_mask: numbers(ids.map((list) => list.map(() => 1))),
      token_type_ids: numbers(types),
    };
    const feeds: Record<string, TypedTensor<"int64">> = {};
    for (const name of this.session.inputNames) {
      const values = inputs[name] ?? numbers();
      feeds[name] = new this.runtime.Tensor("int64", values, shape);
    }
    const outputs = await this.session.run(feeds);
    const { outputNames } = this.session;
    const name = outputNames.find((known) => known === "sentence_embedding") ?? outputNames[0] ?? "";
    const output = outputs[name];
    if (output === undefined || !(output.data instanceof Float32Array))
      throw new PermanentError(`The model's output '${name}' is no list of numbers.`);
    return { data: output.data, dims: output.dims };
  }

  /** The vector of one text: as it comes, where the model pools by itself. */
  private pool({ data, dims }: Output, row: number, tokens: number, length: number): Float32Array {
    const width = dims.at(-1) ?? 0;
    if (dims.length === 2) return data.slice(row * width, (row + 1) * width);
    const from = row * length * width;
    if (this.files.pooling === "first") return data.slice(from, from + width);
    const sum = new Float32Array(width);
    for (let token = 0; token < tokens; token++) {
      for (let at = 0; at < width; at++) sum[at] = (sum[at] ?? 0) + (data[from + token * width + at] ?? 0);
    }
    return sum;
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
