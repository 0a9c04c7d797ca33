import { z } from "zod";

/** Where an artifact stands in a counted sequence, such as message 12 of one conversation. */
export interface SequencePlace {
  container: string;
  position: number;
}

const statedSchema = z.object({ container: z.string(), position: z.number() });

/** The place that a source states in its artifact's metadata as `sequence`, in JSON; undefined when it states none. */
export function statedPlace(json: string | null | undefined): SequencePlace | undefined {
  try {
    return statedSchema.safeParse(JSON.parse(json ?? "null")).data;
  } catch {
    // Metadata is anything a source writes; what is no place is none.
    return undefined;
  }
}

const counted = /^(.*?)(\d+(?:\.\d+)?)(?:\.[a-z]{1,5})?$/i;

/** The place that the source's own id tells, or undefined when the id does not end in a number. */
export function sequencePlace(integrationArtifactId: string): SequencePlace | undefined {
  const match = counted.exec(integrationArtifactId);
  const container = match?.[1];
  const position = Number(match?.[2]);
  if (container === undefined || !Number.isFinite(position)) return undefined;
  return { container, position };
}
