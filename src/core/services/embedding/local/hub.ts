import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf, PermanentError, TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { silentLogger } from "@/core/services/logger";
import { graphNames, neededNames, optionalNames } from "./model-files";

export interface HubModel {
  /** `owner/name` on the hub. */
  model: string;
  hubUrl: string;
  /** Where its files go. */
  folder: string;
  log?: Logger | undefined;
  /** What else a person may do. Default: go without an embedding model. */
  otherwise?: string | undefined;
}

/** How often is said how far a file has come. */
const REPORT_MS = 5_000;
/** How long the hub may be silent. */
const SILENCE_MS = 30_000;

/**
 * Fetches a model's files into `folder`, which appears only once it is whole. Addresses are the hub's own:
 * https://huggingface.co/docs/hub/models-downloading
 *
 * @throws TransientError while the hub does not answer, and PermanentError when it has no such model in ONNX form.
 */
export async function fetchModel(hub: HubModel, signal?: AbortSignal): Promise<void> {
  const { model, folder, log = silentLogger } = hub;
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(model) || model.includes(".."))
    throw new PermanentError(`'${model}' is neither a folder nor the name of a model.`, {
      action: "It takes local:OWNER/NAME or local:/path/to/folder.",
    });
  const part = `${folder}.${process.pid}.part`;
  rmSync(part, { recursive: true, force: true });
  log.info("Fetching an embedding model; this happens once.", { model, from: hub.hubUrl, folder });
  try {
    for (const name of neededNames) {
      if (!(await fetchFile(hub, name, part, signal)))
        throw new PermanentError(`The hub has no model '${model}' with a ${name}.`, elsewhere(hub));
    }
    for (const name of optionalNames) await fetchFile(hub, name, part, signal);
    if (!(await fetchFirst(hub, part, signal)))
      throw new PermanentError(`The hub has '${model}', but not in ONNX form.`, elsewhere(hub));
    renameSync(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  log.info("The embedding model is here.", { model, folder });
}

async function fetchFirst(hub: HubModel, part: string, signal: AbortSignal | undefined): Promise<boolean> {
  for (const name of graphNames) if (await fetchFile(hub, name, part, signal)) return true;
  return false;
}

/** False when the hub has no such file. */
async function fetchFile(
  hub: HubModel,
  name: string,
  part: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const url = `${hub.hubUrl}/${hub.model}/resolve/main/${name}`;
  const path = join(part, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const stop = signal === undefined ? silence.signal : AbortSignal.any([silence.signal, signal]);
    const answer = await fetch(url, { signal: stop });
    // The hub answers 401 for a model that is not there, so as not to tell which are private.
    if ([401, 403, 404].includes(answer.status)) return false;
    if (!answer.ok || answer.body === null) throw new Error(`it answered ${answer.status}`);
    const total = Number(answer.headers.get("content-length") ?? 0);
    await writeBody(answer.body, path, (written) => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      hub.log?.info("Fetching an embedding model.", { file: name, ...megabytes(written, total) });
    });
    return true;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new TransientError(`The model '${hub.model}' could not be fetched: ${messageOf(error)}`, {
      ...elsewhere(hub),
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function writeBody(
  body: ReadableStream<Uint8Array>,
  path: string,
  progress: (written: number) => void,
): Promise<void> {
  const file = Bun.file(path).writer();
  let written = 0;
  let reported = performance.now();
  try {
    for await (const bytes of body) {
      await file.write(bytes);
      written += bytes.length;
      if (performance.now() - reported < REPORT_MS) continue;
      reported = performance.now();
      progress(written);
    }
  } finally {
    await file.end();
  }
}

function megabytes(written: number, total: number): { mb: string } {
  const of = total > 0 ? ` of ${(total / 1e6).toFixed(0)}` : "";
  return { mb: `${(written / 1e6).toFixed(0)}${of}` };
}

function elsewhere({ folder, hubUrl, otherwise = "set EMBEDDING_MODEL=static" }: HubModel): {
  action: string;
} {
  return {
    action:
      `Without ${hubUrl}, put its files into ${folder} by hand (${neededNames.join(", ")}, ${graphNames[0]} or ` +
      `${graphNames[2]}), name a folder with local:/path, or ${otherwise}.`,
  };
}
