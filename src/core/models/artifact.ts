import { z } from "zod";

/** Anything JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What an artifact is by shape; length normalisation and chunking depend on it. */
export const artifactKinds = ["document", "conversation", "transcript", "code", "table", "email"] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

/** How far an artifact's key points, questions and entities have come. */
export type InsightState = "pending" | "offline" | "llm" | "provided";

/** Key points, questions answered and entities of one artifact. */
export const insightsSchema = z.object({
  keyPoints: z.array(z.string()),
  questionsAnswered: z.array(z.string()),
  entities: z.array(z.string()),
});
export type Insights = z.infer<typeof insightsSchema>;

/** What an integration makes of one item: pure data, no ids or times of our own. */
export interface RenderedArtifact {
  /** Unique within integration and account, stable, from the source's identity only. */
  integrationArtifactId: string;
  kind: ArtifactKind;
  title: string;
  /** Clean GitHub-flavoured markdown, LF line ends. May be empty. */
  markdown: string;
  url?: string | undefined;
  author?: string | undefined;
  /** The source's time of the item, ISO-8601 UTC. */
  artifactDate?: string | undefined;
  metadata?: Record<string, JsonValue> | undefined;
  /** Insights the source itself provides; they take the place of extracted ones, field by field. */
  insights?: Partial<Insights> | undefined;
}
