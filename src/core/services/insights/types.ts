import type { ArtifactKind, Insights, JsonValue } from "@/core/models/artifact";

/** What an extractor is given to read: an artifact without its ids, times and state. */
export interface InsightInput {
  kind: ArtifactKind;
  title: string;
  markdown: string;
  author?: string | null | undefined;
  metadata?: Record<string, JsonValue> | undefined;
}

/** One way to get key points, questions answered and entities out of an artifact. */
export interface InsightExtractor {
  /** For logs: the model's name. */
  readonly name: string;
  /**
   * @throws ItemError when this artifact cannot be done; RateLimitedError, AuthError, TransientError and
   * PermanentError when nothing can be done just now.
   */
  extract: (artifact: InsightInput, signal?: AbortSignal) => Promise<Insights>;
}

/** How much of each an artifact gets, and how long one may be, in UTF-16 code units. */
export const LIMITS = {
  keyPoints: 7,
  keyPointLength: 240,
  questions: 7,
  questionLength: 240,
  entities: 25,
  entityLength: 80,
} as const;

/** Characters of an artifact that are looked at; what comes after adds little and bounds the work. */
export const ANALYSED_CHARACTERS = 200_000;
