import type { Registry } from "prom-client";
import type { Embedder } from "@/core/services/index/embedder";
import { Counter, Histogram } from "./prom-client-parts";
import { prefix } from "./read-at-scrape";

/** How a token's renewal ended: `refused` needs a person, `failed` is tried again. */
export type RefreshOutcome = "ok" | "refused" | "failed";
/** What became of an artifact that a language model was asked about. */
const enrichOutcomes = ["improved", "declined", "failed"] as const;
export type EnrichOutcome = (typeof enrichOutcomes)[number];
const tokenUses = ["input", "output", "embedding"] as const;
export type TokenUse = (typeof tokenUses)[number];

/** What is done with the help of others, counted since the start of this process. */
export interface OutsideWork {
  /** A provider asked to wait for so long (again). */
  countWait: (source: string, milliseconds: number) => void;
  countRefresh: (source: string, outcome: RefreshOutcome) => void;
  countEnrichment: (outcome: EnrichOutcome) => void;
  countTokens: (use: TokenUse, tokens: number | undefined) => void;
  /** `embedder`, with its calls timed. */
  timeEmbedder: (embedder: Embedder) => Embedder;
}

const BUCKETS_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2, 5, 20, 60];

/** Registers these counters; labels are sources and words of our own. */
export function registerOutsideWork(registry: Registry): OutsideWork {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: prefix + name, help, labelNames, registers });
  const waits = counter(
    "provider_rate_limited_seconds_total",
    "Seconds that providers asked to wait, since the start; times that overlap count once",
    ["source"],
  );
  const refreshes = counter("token_refresh_total", "Renewals of tokens since the start, by how they ended", [
    "source",
    "outcome",
  ]);
  const enriched = counter(
    "enrich_total",
    "Artifacts given to the language model since the start, by what became of them",
    ["outcome"],
  );
  const tokens = counter("llm_tokens_total", "Tokens that models said they used since the start", ["use"]);
  const seconds = new Histogram({
    name: `${prefix}embed_seconds`,
    help: "Time of calls of an embedding model since the start, by what was embedded",
    labelNames: ["kind"],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  // Known labels are there from the start, so that an increase from nothing is seen as one.
  for (const outcome of enrichOutcomes) enriched.inc({ outcome }, 0);
  for (const use of tokenUses) tokens.inc({ use }, 0);
  return {
    countWait: (source, milliseconds) => waits.inc({ source }, milliseconds / 1000),
    countRefresh: (source, outcome) => refreshes.inc({ source, outcome }),
    countEnrichment: (outcome) => enriched.inc({ outcome }),
    countTokens: (use, used) => {
      if (used !== undefined && used > 0) tokens.inc({ use }, used);
    },
    timeEmbedder: ({ embed, ...rest }) => ({
      ...rest,
      embed: async (texts, kind, signal) => {
        const stop = seconds.startTimer({ kind });
        try {
          return await embed(texts, kind, signal);
        } finally {
          stop();
        }
      },
    }),
  };
}
