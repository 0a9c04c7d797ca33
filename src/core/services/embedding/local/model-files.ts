import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PermanentError } from "@/core/models/errors";

/** Where a model's graph may stand in its folder, the smaller first. The places are those of models on the hub. */
export const graphNames = [
  "onnx/model_quantized.onnx",
  "onnx/model_int8.onnx",
  "onnx/model.onnx",
  "model.onnx",
] as const;
/** Files without which a model cannot be used. */
export const neededNames = ["tokenizer.json", "tokenizer_config.json", "config.json"] as const;
/** Files that say how it is to be used, where it has them. */
export const optionalNames = [
  "1_Pooling/config.json",
  "sentence_bert_config.json",
  "config_sentence_transformers.json",
] as const;

const configSchema = z.looseObject({ max_position_embeddings: z.number().int().positive().optional() });
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().default(false) });
const lengthSchema = z.looseObject({ max_seq_length: z.number().int().positive().nullish() });
const promptsSchema = z.looseObject({ prompts: z.record(z.string(), z.string()).default({}) });

const mostTokens = 512;

/** How a model in a folder is used. */
export interface ModelFiles {
  graph: string;
  tokenizer: object;
  tokenizerConfig: object;
  /** Tokens of a text that are read; what goes on is left out. */
  longest: number;
  /** Whether the first token stands for the text, or the mean of all of them. */
  pooling: "first" | "mean";
  /** What is put before a question, and before a passage. */
  prompts: { query: string; document: string };
}

/**
 * Reads what is in a model's folder but the graph itself. The files are those that sentence-transformers writes:
 * https://sbert.net/docs/sentence_transformer/usage/custom_models.html
 *
 * @throws PermanentError that names what is missing or is not what it should be.
 */
export function readModelFiles(folder: string): ModelFiles {
  const graph = graphNames.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (graph === undefined) throw missing(folder, `none of ${graphNames.join(", ")}`);
  const config = read(folder, "config.json", configSchema);
  const prompts = readIfThere(folder, "config_sentence_transformers.json", promptsSchema)?.prompts ?? {};
  const stated = readIfThere(folder, "sentence_bert_config.json", lengthSchema)?.max_seq_length;
  const pooling = readIfThere(folder, "1_Pooling/config.json", poolingSchema);
  return {
    graph,
    tokenizer: read(folder, "tokenizer.json", z.looseObject({ model: z.looseObject({}) })),
    tokenizerConfig: read(folder, "tokenizer_config.json", z.looseObject({})),
    longest: Math.min(stated ?? mostTokens, config.max_position_embeddings ?? mostTokens, mostTokens),
    pooling: pooling?.pooling_mode_cls_token === true ? "first" : "mean",
    prompts: {
      query: prompts["query"] ?? "",
      document: prompts["document"] ?? prompts["passage"] ?? "",
    },
  };
}

function readIfThere<Schema extends z.ZodType>(folder: string, name: string, schema: Schema) {
  return existsSync(join(folder, name)) ? read(folder, name, schema) : undefined;
}

function read<Schema extends z.ZodType>(folder: string, name: string, schema: Schema): z.output<Schema> {
  const path = join(folder, name);
  if (!existsSync(path)) throw missing(folder, `no ${name}`);
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new PermanentError(`${path} is not what a model's ${name} should be.`, {
      action: "Put the model's own file there, or name another model.",
      cause: error,
    });
  }
}

function missing(folder: string, what: string): PermanentError {
  return new PermanentError(`The folder ${folder} holds no model: there is ${what}.`, {
    action: `It takes ${neededNames.join(", ")} and the graph in ONNX form.`,
  });
}
