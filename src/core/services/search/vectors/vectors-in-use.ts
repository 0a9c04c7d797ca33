import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { Embedder } from "@/core/services/index/embedder";
import { vectorVersions, type VectorVersion } from "@/core/services/index/vector-versions";
import { sha256 } from "@/lib/hash";
import { BitVectors, type BitVectorsDeps } from "./bit-vectors";
import type { Model } from "./kind-bits";
import type { KeptVectors, VectorSearch } from "./vector-candidates";

export interface VectorsInUseDeps {
  db: Db;
  /** The embedder that made a version's vectors, or undefined where it is no longer to be had. */
  embedderOf: (version: VectorVersion) => Embedder | undefined;
  log?: Logger | undefined;
  /** Start of the name of the file in which bits are kept between processes. */
  path?: string | undefined;
  /** What searches a model's vectors; by default the caller's own thread. */
  open?: (deps: BitVectorsDeps, model: Model) => KeptVectors;
}

/** The vectors of the version that is active now: another process may change it at any time. */
export class VectorsInUse {
  private vectors: { model: string; kept: KeptVectors } | undefined;

  constructor(private readonly deps: VectorsInUseDeps) {}

  /** Undefined while there are no vectors, or where nothing embeds a query as they were embedded. */
  readonly current = async (): Promise<VectorSearch | undefined> => {
    const active = (await vectorVersions(this.deps.db)).find(({ state }) => state === "active");
    const embedder = active === undefined ? undefined : this.deps.embedderOf(active);
    if (active === undefined || embedder === undefined) return undefined;
    return { vectors: this.of(active), embedder };
  };

  /** Takes in what was written meanwhile, so that the next search need not. */
  async catchUp(): Promise<void> {
    await this.current();
    await this.vectors?.kept.catchUp();
  }

  /** Upkeep between searches; files of models whose vectors are gone go too. */
  async maintain(): Promise<void> {
    await this.current();
    await this.vectors?.kept.maintain();
    await this.removeOldFiles();
  }

  private async removeOldFiles(): Promise<void> {
    const { db, path } = this.deps;
    if (path === undefined) return;
    const known = new Set((await vectorVersions(db)).map(({ model }) => basename(fileOf(path, model))));
    const start = `${basename(path)}-`;
    for (const name of readdirSync(dirname(path))) {
      const isBits = name.startsWith(start) && /^[0-9a-f]{8}$/.test(name.slice(start.length));
      if (isBits && !known.has(name)) rmSync(join(dirname(path), name), { force: true });
    }
  }

  private of({ model, dimension }: VectorVersion): KeptVectors {
    if (this.vectors?.model === model) return this.vectors.kept;
    this.vectors?.kept.close?.();
    const { db, log, path, open = (deps, of) => new BitVectors(deps, of) } = this.deps;
    const file = path === undefined ? undefined : fileOf(path, model);
    const kept = open({ db, log, path: file }, { model, dimension });
    this.vectors = { model, kept };
    return kept;
  }
}

/** A name of its own for each model: while one takes over from another, neither spoils the other's. */
function fileOf(path: string, model: string): string {
  return `${path}-${sha256(model).slice(0, 8)}`;
}
