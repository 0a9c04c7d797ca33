import type { SlackWorld } from "./world";

/** Slack answers 200 and says what is wrong in the body. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

export interface SlackServerState {
  world: SlackWorld;
  token: string;
  /** Entries of a page at most, whatever is asked for. */
  pageSize: number;
  /** "slow": apps that are distributed outside the Marketplace, since 29 May 2025. */
  tier: "usual" | "slow";
  /** Cursors of an earlier one are forgotten. */
  generation: number;
  /** A free plan shows nothing from before this `ts`. */
  hiddenBefore: string;
  /** So many of the next pages of channels come without messages, by a fault of Slack's. */
  emptyPages: number;
  /** Scopes that the app was not given, by method. */
  missingScopes: Map<string, string>;
}
