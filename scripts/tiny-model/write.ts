/**
 * `bun scripts/tiny-model/write.ts [FOLDER]`: writes the models that tests run through ONNX Runtime, into
 * test/fixtures/models: `tiny`, which embeds, and `tiny-reranker`, which scores pairs. Each is a table of vectors by word and nothing more, in the files and with the inputs and
 * outputs of a real one, so that loading, cutting into tokens, batching and pooling are the real ones.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { crossEncoder } from "./cross-encoder";
import { message } from "./protobuf";

const dimension = 8;
const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
/** Words of one meaning, which get one direction. */
const meanings = [
  ["car", "automobile", "vehicle"],
  ["holiday", "vacation", "travel"],
  ["price", "cost", "budget"],
  ["key", "password", "secret"],
];
const pieces = ["##s", "##ing", "."];
const vocabulary = [...special, ...meanings.flat(), ...pieces];

/** A word points along its meaning and a little elsewhere; the token that opens a text along the last axis, and the rest nowhere. */
function vectorOf(token: string, at: number): Float32Array {
  const vector = new Float32Array(dimension);
  const meaning = meanings.findIndex((words) => words.includes(token));
  if (token === "[CLS]") vector[dimension - 1] = 0.05;
  if (meaning < 0) return vector;
  vector[meaning] = 1;
  vector[meanings.length + (at % (meanings.length - 1))] = 0.1;
  return vector;
}

const table = Buffer.concat(vocabulary.map((token, at) => new Uint8Array(vectorOf(token, at).buffer)));

/** Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 */
function graph(): Uint8Array {
  const [float, int64] = [1, 7];
  const shaped = (name: string, type: number, dims: readonly (string | number)[]) => {
    const shape = dims.map((dim) => [1, message(typeof dim === "string" ? [2, dim] : [1, dim])] as const);
    return message([1, name], [2, message([1, message([1, type], [2, message(...shape)])])]);
  };
  const weights = message([1, vocabulary.length], [1, dimension], [2, float], [8, "table"], [9, table]);
  const lookUp = message([1, "table"], [1, "input_ids"], [2, "last_hidden_state"], [4, "Gather"]);
  const inputs = ["input_ids", "attention_mask", "token_type_ids"].map(
    (name) => [11, shaped(name, int64, ["batch", "tokens"])] as const,
  );
  const output = shaped("last_hidden_state", float, ["batch", "tokens", dimension]);
  const content = message([1, lookUp], [2, "tiny"], [5, weights], ...inputs, [12, output]);
  return message([1, 8], [2, "stoneturner"], [7, content], [8, message([1, ""], [2, 17])]);
}

function tokenizer(): object {
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const text = { Sequence: { id: "A", type_id: 0 } };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: { type: "BertNormalizer", clean_text: true, lowercase: true, strip_accents: null },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [token("[CLS]"), text, token("[SEP]")],
      pair: [token("[CLS]"), text, token("[SEP]"), { Sequence: { id: "B", type_id: 1 } }, token("[SEP]")],
      special_tokens: Object.fromEntries(
        ["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [vocabulary.indexOf(id)], tokens: [id] }]),
      ),
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  };
}

const folder = resolve(process.argv[2] ?? join(import.meta.dir, "../../test/fixtures/models"));
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const common = {
  "config.json": json({ model_type: "bert", hidden_size: dimension, max_position_embeddings: 32 }),
  "tokenizer.json": json(tokenizer()),
  "tokenizer_config.json": json({ tokenizer_class: "BertTokenizer", model_max_length: 32 }),
};
const models: Record<string, Record<string, string | Uint8Array>> = {
  tiny: {
    ...common,
    "1_Pooling/config.json": json({ pooling_mode_mean_tokens: true, pooling_mode_cls_token: false }),
    "onnx/model.onnx": graph(),
  },
  "tiny-reranker": {
    ...common,
    "onnx/model.onnx": crossEncoder(table, vocabulary.length, dimension),
  },
};
for (const [model, files] of Object.entries(models)) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, model, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
  }
}
