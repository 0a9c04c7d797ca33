import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Logger } from "@/core/models/logger";
import type { Embedder } from "@/core/services/index/embedder";
import { fetchModel } from "./hub";
import { ModelThread } from "./model-thread";

export interface LocalModel {
  /** As it stands in EMBEDDING_MODEL; with revision and dimension it names the index version. */
  name: string;
  /** A folder (absolute, or with `.` or `~` at its start), or a model's name on the hub. */
  model: string;
  /** Where models from the hub are kept. */
  modelsFolder: string;
  /** The hub's address. */
  hubUrl: string;
  log?: Logger | undefined;
  /** What else a person may do where it cannot be fetched. Default: go without an embedding model. */
  otherwise?: string;
}

/**
 * An embedding model that runs on this machine, in a thread. One from the hub is fetched once.
 *
 * @throws PermanentError when it cannot be used, and TransientError while it cannot be fetched.
 */
export async function openLocalEmbedder(local: LocalModel, signal?: AbortSignal): Promise<Embedder> {
  const { name, modelsFolder } = local;
  const folder = await folderOf(local, signal);
  const thread = new ModelThread({ folder, modelsFolder });
  const { dimension, revision } = await thread.open();
  return {
    id: `${name}#${dimension}-${revision}`,
    dimension,
    embed: (texts, kind, abort) => thread.embed(texts, kind, abort),
    close: () => thread.close(),
  };
}

/** The folder with the model's files, which are fetched where they are not there yet. */
export async function folderOf(local: Omit<LocalModel, "name">, signal?: AbortSignal): Promise<string> {
  const { model, modelsFolder } = local;
  if (model.startsWith("~/")) return join(homedir(), model.slice(2));
  if (/^(\.|\/|[A-Za-z]:[\\/])/.test(model)) return resolve(model);
  const folder = join(modelsFolder, ...model.split("/"));
  if (!existsSync(join(folder, "tokenizer.json"))) await fetchModel({ ...local, folder }, signal);
  return folder;
}
