import type { KeptVectors } from "../vector-candidates";
import type { VectorAnswer, VectorCall } from "./messages";

/** Does what a call asks for. */
export async function answerCall(vectors: KeptVectors, call: VectorCall): Promise<VectorAnswer> {
  switch (call.call) {
    case "candidates":
      return vectors.candidates(call.query, call.mask, call.n, call.kinds);
    case "cosines":
      return vectors.cosines(call.query, call.rowIds);
    case "catchUp":
      return vectors.catchUp().then(() => undefined);
    case "maintain":
      return vectors.maintain().then(() => undefined);
  }
}
