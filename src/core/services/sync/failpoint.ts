/**
 * Named moments between the durable steps of a sync. A test hands in a hook, through the runner's parts and the
 * sync's context, and stops, delays or kills the program there; without one nothing happens.
 */
export const failpoints = [
  "page fetched",
  "page rendered",
  "artifacts written",
  "page about to commit",
  "page committed",
  "insights about to be written",
  "index about to be written",
  "sweep about to start",
  "sweep about to commit",
  "sweep batch committed",
  "stream about to finish",
  "run about to end",
] as const;
export type FailpointName = (typeof failpoints)[number];

/** What a test does at a failpoint; `name` is one of `failpoints`. */
export type Failpoint = (name: string) => Promise<void> | void;

/** Lets a test act at `name`. */
export async function at(context: { failpoint?: Failpoint | undefined }, name: FailpointName): Promise<void> {
  await context.failpoint?.(name);
}
