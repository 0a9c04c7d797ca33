import { createRequire } from "node:module";
import { resolve } from "node:path";
import type * as onnx from "onnxruntime-web";
import { PermanentError } from "@/core/models/errors";

/** The part of ONNX Runtime that both its packages have: https://onnxruntime.ai/docs/api/js/ */
export type Runtime = Pick<typeof onnx, "InferenceSession" | "Tensor" | "env">;
export type Session = onnx.InferenceSession;

/** The native one is some three times quicker; the other runs wherever this program does. */
const packages = ["onnxruntime-node", "onnxruntime-web"] as const;

export interface LoadedRuntime {
  name: (typeof packages)[number];
  runtime: Runtime;
}

/**
 * ONNX Runtime, from the program's own packages or from those in `modelsFolder`. It is no dependency of the program:
 * it is larger than all the rest, and few need it.
 *
 * @throws PermanentError with the command that installs it.
 */
export function loadRuntime(modelsFolder: string, program = import.meta.url): LoadedRuntime {
  const places = [createRequire(program), createRequire(resolve(modelsFolder, "package.json"))];
  for (const name of packages) {
    for (const load of places) {
      if (!canResolve(load, name)) continue;
      // Both packages have the same types.
      const runtime = load(name) as Runtime;
      // One thread: it works beside a server, and threads of WebAssembly want a browser's headers.
      if (name === "onnxruntime-web") runtime.env.wasm.numThreads = 1;
      return { name, runtime };
    }
  }
  throw new PermanentError("Models on this machine need ONNX Runtime, which is not installed.", {
    action: `Install it with: npm install --prefix "${modelsFolder}" onnxruntime-node`,
  });
}

function canResolve(load: NodeJS.Require, name: string): boolean {
  try {
    load.resolve(name);
    return true;
  } catch {
    // Not installed here: that is the answer.
    return false;
  }
}
