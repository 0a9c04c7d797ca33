/** One listing of a fake workspace on a database of its own, for steps that are tried by themselves. */
import type { JsonValue } from "@/core/models/artifact";
import type { HttpAuth } from "@/core/models/http";
import { createNotionApi } from "@/integrations/notion/api/notion-api";
import { notionOptionsSchema } from "@/integrations/notion/models/options";
import type { Listing, Step, StepPage } from "@/integrations/notion/sync-steps/listing";
import { temporaryDatabase } from "@test/database";
import { filesContext } from "@test/files";
import { clientOf } from "@test/provider";
import type { NotionFake } from "./fake";

/** `await using listing = await listingOf(fake, { since: null });` */
export async function listingOf(
  fake: NotionFake,
  change: Partial<Omit<Listing, "options">> & { options?: Record<string, string> } = {},
): Promise<Listing & AsyncDisposable> {
  const database = await temporaryDatabase();
  const { apiKey = "" } = fake.credential;
  const auth: HttpAuth = { headers: () => Promise.resolve({ Authorization: `Bearer ${apiKey}` }) };
  const client = clientOf([new URL(fake.url).host], { auth });
  const context = { ...filesContext({}), account: "acme", http: () => client, apiUrl: () => fake.url };
  return {
    id: "listing-1",
    api: createNotionApi(context, auth, context.signal),
    db: database.db,
    context,
    since: null,
    startedAt: new Date(fake.settings.now()).toISOString(),
    saw: () => undefined,
    users: new Map(),
    comments: { given: false, refused: 0 },
    ...change,
    options: notionOptionsSchema.parse(change.options ?? {}),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Pages of a step from `at` on; `most` stops it after so many, as a program that ends. */
export async function pagesOf(
  step: Step,
  listing: Listing,
  at: JsonValue | null = null,
  most = Number.POSITIVE_INFINITY,
): Promise<StepPage[]> {
  const pages: StepPage[] = [];
  for await (const page of step.run(listing, at)) {
    await page.save?.(listing.db);
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}
