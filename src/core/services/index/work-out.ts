/** What is worked out of an artifact before anything is written: no database here, so that a thread can do it. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { SqlRow } from "@/core/models/database";
import { insightsOf } from "@/core/services/insights/insights-of";
import { Breather } from "./breathe";
import { inlineEmbedder } from "./inline-embedder";
import { prepareArtifact, type PreparedArtifact } from "./prepare";
import { parseWaiting } from "./waiting";
import type { MadeInsights } from "./write";

/** An artifact's insights, where it waited for them, and all that the index stores of it. */
export interface WorkedOut {
  prepared: Omit<PreparedArtifact, "artifact">;
  made: MadeInsights | undefined;
}

/** What `JSON.parse` gives is JSON all the way down: no value needs another look. */
const recordSchema = z.record(z.string(), z.custom<JsonValue>());
const metadataSchema = z.string().transform((text) => recordSchema.parse(JSON.parse(text)));

/**
 * Works out rows as `readSources` reads them, in their order. A row that cannot be worked out is undefined: the
 * separate steps meet it again and say what is wrong with it. With `embed`, vectors are made too.
 * `letPass` is called before each.
 */
export async function workOutAll(
  rows: readonly SqlRow[],
  embed: boolean,
  letPass: () => void,
): Promise<(WorkedOut | undefined)[]> {
  const breather = new Breather();
  const done: (WorkedOut | undefined)[] = [];
  for (const row of rows) {
    letPass();
    try {
      done.push(await workOut(row, breather, embed));
    } catch {
      done.push(undefined);
    }
  }
  return done;
}

async function workOut(row: SqlRow, breather: Breather, embed: boolean): Promise<WorkedOut | undefined> {
  let { artifact } = parseWaiting(row);
  if (artifact === undefined) return undefined;
  let made: MadeInsights | undefined;
  if (row["insightHash"] === null) {
    const metadata: Record<string, JsonValue> = metadataSchema.parse(row["metadata"]);
    made = insightsOf({ ...artifact, metadata });
    artifact = { ...artifact, ...made.insights };
  }
  // Whoever asked has the artifact already: only what is new goes back.
  const whole = await prepareArtifact(artifact, embed ? inlineEmbedder : undefined, breather);
  return { prepared: withoutArtifact(whole), made };
}

function withoutArtifact(whole: PreparedArtifact): WorkedOut["prepared"] {
  const { chunks, words, shape, fields, entities, date, place, vectors } = whole;
  return { chunks, words, shape, fields, entities, date, place, vectors };
}
