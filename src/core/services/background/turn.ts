import { z } from "zod";
import { readSetting, removeSetting, saveSetting } from "@/core/db/queries/settings";
import type { Db } from "@/core/models/database";
import { isAbandoned, LEASE_EXPIRES_MS, leaseOwner } from "@/core/services/sync/lease";
import { isoNow } from "@/lib/time";

const turnSchema = z
  .object({ leaseOwner: z.string().nullable(), heartbeatAt: z.string().nullable() })
  .catch({ leaseOwner: null, heartbeatAt: null });

/** How often a holder says that it lives, in milliseconds: a third of what its silence is believed to be an accident. */
const HEARTBEAT_MS = LEASE_EXPIRES_MS / 3;

/**
 * Lets one process on a data folder at a time do what costs: two that work on the same queue would each ask, and pay, for
 * all of it.
 */
export class Turn {
  private readonly key: string;
  private beating: Timer | undefined;

  /**
   * @param name what there are turns of: the holder is in `setting` under it
   * @param owner who this is, as `leaseOwner` spells it
   */
  constructor(
    private readonly db: Db,
    name: string,
    private readonly owner = leaseOwner(),
    private readonly now: () => number = Date.now,
  ) {
    this.key = `${name}.turn`;
  }

  /** False while another process has its turn. */
  async begin(): Promise<boolean> {
    if (!(await this.take())) return false;
    // Where the disk is full for so long, another process may begin meanwhile: that costs, and harms nothing.
    this.beating ??= setInterval(() => void this.take().catch(() => undefined), HEARTBEAT_MS);
    this.beating.unref();
    return true;
  }

  /** @returns false, with nothing done, while another process has its turn. */
  async during(work: () => Promise<void>): Promise<boolean> {
    if (!(await this.begin())) return false;
    try {
      await work();
    } finally {
      await this.end();
    }
    return true;
  }

  /** Lets the next one begin. */
  async end(): Promise<void> {
    if (this.beating === undefined) return;
    clearInterval(this.beating);
    this.beating = undefined;
    await this.db.transaction(async (tx) => {
      if ((await this.read(tx)).leaseOwner === this.owner) await removeSetting(tx, this.key);
    });
  }

  private take(): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const held = await this.read(tx);
      const now = new Date(this.now());
      if (held.leaseOwner !== this.owner && !isAbandoned(held, this.owner, now)) return false;
      const value = { leaseOwner: this.owner, heartbeatAt: isoNow(now) };
      await saveSetting(tx, this.key, value);
      return true;
    });
  }

  private async read(tx: Db): Promise<z.infer<typeof turnSchema>> {
    return turnSchema.parse(await readSetting(tx, this.key));
  }
}
