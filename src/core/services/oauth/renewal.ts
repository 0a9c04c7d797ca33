/**
 * Renews the tokens of accounts that were connected through OAuth: ahead of their end and after a 401, once at a time in
 * this process and in all others, and stored in one transaction before anybody uses them.
 */
import type { SecretsDatabase } from "@/core/db/secrets";
import { AuthError, messageOf, RateLimitedError, TransientError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { Logger } from "@/core/models/logger";
import { timesOf } from "@/core/services/credentials/grant";
import type { SealedPart } from "@/core/services/credentials/sealed";
import type { SealedRecord, SealedRecords } from "@/core/services/credentials/sealed-records";
import { createSingleFlight, type SingleFlight } from "@/core/services/http/single-flight";
import { isAbandoned, leaseOwner } from "@/core/services/sync/lease";
import { sleep } from "@/lib/retry";
import { isoNow } from "@/lib/time";
import { renewTokens } from "./grants";
import type { OAuthProvider } from "./provider";

/** How long another process is waited for. Its lease is given up before that. */
const PATIENCE_MS = 45_000;
const LOOK_EVERY_MS = 50;

export interface RenewalDeps {
  records: SealedRecords;
  leases: SecretsDatabase["leases"];
  log: Logger;
  now?: () => number;
  /** Set by fault tests only: called between the durable steps of a renewal. */
  failpoint?: ((name: string) => Promise<void> | void) | undefined;
}

export interface Account {
  /** The credential's id. */
  id: string;
  provider: () => Promise<OAuthProvider>;
  /** Told of a renewal that met passing trouble. */
  onFailed?: () => void;
  /** Writes down that only a person can help. */
  onEnded: (reason: string) => Promise<void>;
  /** Writes down when the new token ends. */
  onRenewed: (expiresAt: string | undefined) => Promise<void>;
}

const headersOf = ({ accessToken }: SealedPart) => ({ Authorization: `Bearer ${accessToken ?? ""}` });

export class Renewal {
  private readonly flights: SingleFlight = createSingleFlight();
  private readonly owner = leaseOwner();

  constructor(private readonly deps: RenewalDeps) {}

  /** How requests of this account prove who they are. */
  authOf(account: Account): HttpAuth {
    return {
      headers: async () => {
        let { part } = await this.read(account);
        if (this.isOver(part.renewAt) && part.refreshToken !== undefined) {
          await this.renewEarly(account, part.accessToken, part.expiresAt);
          ({ part } = await this.read(account));
        }
        return headersOf(part);
      },
      refresh: async (refused) => {
        const { part } = await this.read(account);
        const isRenewed = refused["Authorization"] !== headersOf(part).Authorization;
        if (!isRenewed) await this.renew(account, part.accessToken);
      },
    };
  }

  private isOver(time: string | undefined): boolean {
    return time !== undefined && Date.parse(time) <= this.now();
  }

  private now(): number {
    return this.deps.now?.() ?? Date.now();
  }

  /** Passing trouble with a token that is still good for a while is no reason not to use it. */
  private async renewEarly(
    account: Account,
    used: string | undefined,
    expiresAt: string | undefined,
  ): Promise<void> {
    try {
      await this.renew(account, used);
    } catch (error) {
      const isPassing = error instanceof TransientError || error instanceof RateLimitedError;
      if (!isPassing || this.isOver(expiresAt)) throw error;
      this.deps.log.warn("A token could not be renewed ahead of its end.", { reason: messageOf(error) });
    }
  }

  /** Renews the token `used`, unless it is another one by now. */
  private renew(account: Account, used: string | undefined): Promise<void> {
    return this.flights.run(account.id, () => this.withLease(account, used));
  }

  private async withLease(account: Account, used: string | undefined): Promise<void> {
    const { leases } = this.deps;
    const patientUntil = this.now() + PATIENCE_MS;
    for (;;) {
      const { taken, left } = await leases.take(account.id, this.owner, isoNow(), (holder) =>
        isAbandoned({ leaseOwner: holder.owner, heartbeatAt: holder.since }, this.owner),
      );
      if (taken) {
        try {
          return await this.renewOnce(account, used, left !== undefined);
        } finally {
          await leases.release(account.id, this.owner);
        }
      }
      if (this.now() > patientUntil) {
        throw new TransientError(
          "Another process is renewing this account's token and does not come to an end.",
        );
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async renewOnce(account: Account, used: string | undefined, wasKilled: boolean): Promise<void> {
    const before = await this.read(account);
    if (before.part.accessToken !== used) return;
    const { refreshToken } = before.part;
    if (refreshToken === undefined) {
      throw await this.ended(
        account,
        "The access has ended, and the provider gave nothing to renew it with.",
      );
    }
    await this.deps.failpoint?.("about to renew");
    let tokens;
    try {
      tokens = await renewTokens(await account.provider(), refreshToken);
    } catch (error) {
      if (!(error instanceof AuthError)) {
        account.onFailed?.();
        throw error;
      }
      // Whoever renewed without our lease (a restored copy, say) may have been faster.
      if ((await this.read(account)).part.refreshToken !== refreshToken) return;
      throw await this.ended(
        account,
        wasKilled
          ? "The program was killed while it renewed this account's token, and the provider takes the old one no more."
          : "The provider has ended this account's permission.",
        error,
      );
    }
    await this.deps.failpoint?.("renewed, not stored");
    const { accessToken } = tokens;
    const times = timesOf(tokens, this.now());
    await this.store(account, before, { accessToken, refreshToken: tokens.refreshToken, ...times });
    await this.deps.failpoint?.("stored");
    await account.onRenewed(times.expiresAt);
  }

  /** Stores the new pair in the place of the one it came from, whatever key that was sealed with meanwhile. */
  private async store(
    account: Account,
    before: SealedRecord,
    tokens: Pick<SealedPart, "accessToken" | "refreshToken" | "expiresAt" | "renewAt">,
  ): Promise<void> {
    for (let current = before; ;) {
      if (current.part.refreshToken !== before.part.refreshToken) return;
      if (await this.deps.records.replace(account.id, current, { ...current.part, ...tokens }, this.owner))
        return;
      current = await this.read(account);
    }
  }

  /** @throws AuthError when the account was disconnected meanwhile, or its secret does not open. */
  private async read(account: Account): Promise<SealedRecord> {
    const record = await this.deps.records.read(account.id);
    if (record !== undefined && record !== "unreadable" && record.part.accessToken !== undefined)
      return record;
    throw new AuthError("There is no usable token for this account any more.", {
      action: "Connect the account again.",
    });
  }

  private async ended(account: Account, message: string, cause?: AuthError): Promise<AuthError> {
    const error = new AuthError(message, { action: cause?.action ?? "Reconnect the account.", cause });
    await account.onEnded(error.explanation);
    return error;
  }
}
