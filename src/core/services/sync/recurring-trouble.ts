import { storageErrorOf } from "@/core/db/storage-error";
import { messageOf } from "@/core/models/errors";

/** Told again after this long while it lasts. */
const AGAIN_MS = 10 * 60_000;

/**
 * Trouble of something that is tried every few seconds, such as a full disk: told when it is new and now and then while
 * it lasts, or its log would fill what is left of that disk.
 */
export class RecurringTrouble {
  private told: { reason: string; at: number } | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Calls `tell` with the reason in words, and with the error itself where it is a defect of ours. */
  came(thrown: unknown, tell: (fields: { reason: string; error?: unknown }) => void): void {
    const storage = storageErrorOf(thrown);
    const reason = storage?.explanation ?? messageOf(thrown);
    const { told } = this;
    if (told?.reason === reason && this.now() - told.at < AGAIN_MS) return;
    this.told = { reason, at: this.now() };
    tell(storage === undefined ? { reason, error: thrown } : { reason });
  }

  /** It went well: trouble from now on is new. */
  over(): void {
    this.told = undefined;
  }
}
