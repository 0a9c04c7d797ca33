/** Which requests to a provider are shown. */
import type { ProviderRequest } from "@/core/models/system";

export const outcomes = ["all", "failed", "waited"] as const;
export type Outcome = (typeof outcomes)[number];

/** Any text as an outcome; what is none means all. */
export function toOutcome(text: string): Outcome {
  return outcomes.find((one) => one === text) ?? "all";
}

/** Shorter waits are the usual spacing between requests, in milliseconds. */
const noticeable = 1_000;

const fits: Record<Outcome, (request: ProviderRequest) => boolean> = {
  all: () => true,
  failed: ({ error, status }) => error !== null || status === null || status >= 400,
  waited: ({ waitedMs, attempt }) => waitedMs >= noticeable || attempt > 1,
};

/** Requests of one outcome whose method, host, path, status or error hold the text. */
export function matchingRequests(
  requests: readonly ProviderRequest[],
  outcome: Outcome,
  text: string,
): ProviderRequest[] {
  const wanted = text.trim().toLowerCase();
  return requests.filter((request) => {
    const { method, host, path, status, error } = request;
    const words = `${method} ${host}${path} ${status ?? ""} ${error ?? ""}`.toLowerCase();
    return fits[outcome](request) && words.includes(wanted);
  });
}
