import type { KeptVectors } from "../vector-candidates";
import type { VectorAnswer, VectorCall } from "./messages";

/** Does what a call asks for. */
export async function answerCall(vectors: KeptVectors, call: VectorCall): Promise<VectorAnswer> {
  if (call.call === "candidates") return vectors.candidates(call.query, call.mask, call.n, call.kinds);
  if (call.call === "cosines") return vectors.cosines(call.query, call.rowIds);
  if (call.call === "catchUp") await vectors.catchUp();
  else await vectors.maintain();
  return undefined;
}
