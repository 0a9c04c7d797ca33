import { message, type Field } from "./protobuf";

/** Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 */
const [float, int64] = [1, 7];
/** Kinds of attributes: a whole number, and a text. */
const [whole, text] = [2, 3];

function node(type: string, inputs: readonly string[], output: string, ...attributes: Uint8Array[]): Field {
  const given = inputs.map((name) => [1, name] as const);
  return [1, message(...given, [2, output], [4, type], ...attributes.map((one) => [5, one] as const))];
}

const toFloat = message([1, "to"], [3, float], [20, whole]);
const equation = (sum: string) => message([1, "equation"], [4, sum], [20, text]);

function numbers(name: string, values: readonly number[]): Field {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return [5, message([1, values.length], [2, float], [8, name], [9, bytes])];
}

function shaped(field: 11 | 12, name: string, type: number, dims: readonly (string | number)[]): Field {
  const shape = dims.map((dim) => [1, message(typeof dim === "string" ? [2, dim] : [1, dim])] as const);
  return [field, message([1, name], [2, message([1, message([1, type], [2, message(...shape)])])])];
}

/**
 * A graph that scores pairs as a cross-encoder does: both texts in one list of tokens, told apart by their types. The
 * score is the product of what the two mean by the table, less what a pair has that shares one meaning alone.
 */
export function crossEncoder(table: Uint8Array, rows: number, columns: number): Uint8Array {
  const content = message(
    node("Gather", ["table", "input_ids"], "meanings"),
    node("Cast", ["attention_mask"], "isToken", toFloat),
    node("Cast", ["token_type_ids"], "isPassage", toFloat),
    node("Einsum", ["isToken", "meanings"], "both", equation("bt,btd->bd")),
    node("Einsum", ["isPassage", "meanings"], "passage", equation("bt,btd->bd")),
    node("Sub", ["both", "passage"], "question"),
    node("Einsum", ["question", "passage", "factor"], "product", equation("bd,bd,k->bk")),
    node("Add", ["product", "floor"], "logits"),
    [2, "tiny-reranker"],
    [5, message([1, rows], [1, columns], [2, float], [8, "table"], [9, table])],
    numbers("factor", [4]),
    numbers("floor", [-6]),
    ...["input_ids", "attention_mask", "token_type_ids"].map((name) =>
      shaped(11, name, int64, ["batch", "tokens"]),
    ),
    shaped(12, "logits", float, ["batch", 1]),
  );
  return message([1, 8], [2, "stoneturner"], [7, content], [8, message([1, ""], [2, 17])]);
}
