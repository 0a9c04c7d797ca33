/** Where an artifact stands in a counted sequence, such as message 12 of one conversation. */
export interface SequencePlace {
  container: string;
  position: number;
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
