import { z } from "zod";
import { readSetting, saveSetting } from "@/core/db/queries/settings";
import type { Db } from "@/core/models/database";
import { AuthError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { WebhookDelivery, WebhookEvent } from "@/core/models/webhook";
import type { App } from "@/core/services/app";
import { stableId } from "@/lib/hash";

/** `known`: the same event came before. `refused`: no account's, or too old to be no replay. */
export type WebhookOutcome = "accepted" | "known" | "refused";

/** Events an account remembers; a provider repeats one for some hours at most. */
const MOST_REMEMBERED = 1_000;
/** How old a signed time may be, and how far ahead a provider's clock. */
const WINDOW_MS = 5 * 60_000;
const rememberedSchema = z.array(z.string()).catch([]);

type Deps = Pick<App, "db" | "registry" | "credentials" | "runner">;

/**
 * Takes a provider's announcement of a change. It is never believed further than that: the sync that it starts reads
 * what there is to read, so that announcements may come twice, late, in any order, or not at all.
 */
export async function receiveWebhook(
  deps: Deps,
  name: string,
  delivery: WebhookDelivery,
  now: Date = new Date(),
): Promise<WebhookOutcome> {
  const integration = deps.registry.integrations.find(
    ({ config }) => config.integration.toLowerCase() === name.toLowerCase(),
  );
  if (integration === undefined) return "refused";
  const found = await accountOf(deps, integration, delivery);
  if (found === undefined || !isFresh(found.event, now)) return "refused";
  const source = { integration: integration.config.integration, account: found.account };
  if (!(await remember(deps.db, source, found.event.id))) return "known";
  deps.runner.announce(source.integration, source.account);
  return "accepted";
}

/** The account that the delivery proves to be about. */
async function accountOf(
  { credentials }: Deps,
  integration: Integration,
  delivery: WebhookDelivery,
): Promise<{ account: string; event: WebhookEvent } | undefined> {
  if (integration.webhook === undefined) return undefined;
  const name = integration.config.integration;
  for (const { account } of await credentials.list(name)) {
    const credential = await credentials.read(name, account).catch((error: unknown) => {
      // An account whose secret does not open cannot prove anything, nor keep the others from it.
      if (error instanceof AuthError) return undefined;
      throw error;
    });
    const event = credential === undefined ? undefined : integration.webhook(delivery, credential);
    if (event !== undefined) return { account, event };
  }
  return undefined;
}

function isFresh({ sentAt }: WebhookEvent, now: Date): boolean {
  return sentAt === undefined || Math.abs(now.getTime() - Date.parse(sentAt)) <= WINDOW_MS;
}

/** False when the event is known already. */
function remember(
  db: Db,
  source: { integration: string; account: string },
  eventId: string,
): Promise<boolean> {
  const key = `webhooks.${stableId(source.integration, source.account)}`;
  const id = stableId(eventId);
  return db.transaction(async (tx) => {
    const known = rememberedSchema.parse(await readSetting(tx, key));
    if (known.includes(id)) return false;
    const value = [...known, id].slice(-MOST_REMEMBERED);
    await saveSetting(tx, key, value);
    return true;
  });
}
