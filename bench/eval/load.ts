import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { migrate } from "@/core/db/migrate";
import { openDatabase, type OpenDatabase } from "@/core/db/open";
import type { Db } from "@/core/models/database";
import type { Registry } from "@/core/services/app";
import { VectorBuilder } from "@/core/services/embedding/vector-builder";
import type { Embedders } from "@/core/services/embedding/embedders";
import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { distilTogether } from "@/core/services/index/distil-together";
import { indexVersion } from "@/core/services/index/index-schema";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { createLogger } from "@/core/services/logger";
import { createRegistry } from "@/core/services/registry";
import { sha256 } from "@/lib/hash";
import type { Collection } from "./collection";
import { insertArtifacts } from "../insert-artifacts";
import { fileNameOf, markdownOf } from "./make-folder";

/** A collection in a database of its own, indexed by the real index step. */
export interface LoadedCollection {
  open: OpenDatabase;
  registry: Registry;
  /** Embeds a question as the passages were embedded. */
  embedder: Embedder;
  /** The integration a query searches in: one a prefix group, else one for all. */
  integrationOf: (query: string) => string | undefined;
  indexMs: number;
}

const migrations = resolve(import.meta.dir, "../../migrations");

/**
 * Loads a collection into `folder`, or opens what was loaded there by the same version of the index. Titles, names and
 * insights are those that the Files source would give it.
 */
export async function loadCollection(
  collection: Collection,
  folder: string,
  chosen?: ChosenModel,
): Promise<LoadedCollection> {
  const { model = "static" } = chosen ?? {};
  const suffix = model === "static" ? "" : `-${sha256(model).slice(0, 6)}`;
  const path = join(folder, `${collection.name}-v${indexVersion}${suffix}.db`);
  const isNew = !existsSync(path);
  const open = openDatabase(path);
  await migrate(open, migrations);
  const prefixes = [...new Set(collection.prefixes.values())].sort((a, b) => b.length - a.length);
  const groups = ["all", ...prefixes.map((prefix) => `group ${prefix}`)];
  if (isNew) await insert(open.db, collection, prefixes);
  const started = performance.now();
  for (const group of groups) {
    await distilTogether(open.db, { integration: group }, new AbortController().signal);
    await indexVectorDbStep(group, open.db);
  }
  const embedder =
    chosen === undefined ? inlineEmbedder : await embedWith(open.db, chosen.embedders, chosen.model);
  return {
    open,
    embedder,
    indexMs: performance.now() - started,
    registry: registryOf(groups),
    integrationOf: (query) => {
      const prefix = collection.prefixes.get(query);
      return prefix === undefined ? undefined : `group ${prefix}`;
    },
  };
}

/** A model other than the one that comes with the program, as in EMBEDDING_MODEL. */
export interface ChosenModel {
  model: string;
  embedders: Embedders;
}

/** Makes every vector with this model, going on where an earlier run was stopped. */
async function embedWith(db: Db, embedders: Embedders, model: string): Promise<Embedder> {
  const builder = new VectorBuilder({
    db,
    log: createLogger({ level: "info", write: console.error }),
    embedders,
    model,
  });
  await builder.pass(new AbortController().signal);
  return embedders.open(model);
}

function insert(db: Db, collection: Collection, prefixes: readonly string[]): Promise<void> {
  const artifacts = collection.documents.map((document) => {
    const prefix = prefixes.find((candidate) => document.id.startsWith(candidate));
    const markdown = markdownOf(document);
    const file = fileNameOf(document.id);
    return {
      id: document.id,
      sourceId: file,
      integration: prefix === undefined ? "all" : `group ${prefix}`,
      title: markdown.startsWith("# ") ? document.title : file.replace(/\.md$/, ""),
      updateDate: new Date().toISOString(),
      markdown,
    };
  });
  return insertArtifacts(db, artifacts);
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function registryOf(names: readonly string[]): Registry {
  const configs = names.map((integration) => ({
    integration,
    icon: "",
    integrationType: "API_KEY" as const,
  }));
  const integrations = configs.map((config) => ({
    config,
    sync: nothing,
    syncUpdates: nothing,
    deleteSync: nothing,
  }));
  return createRegistry(configs, integrations);
}
