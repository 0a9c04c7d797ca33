/** What crawls brought, part by part; small ones are kept, so that looking through them twice asks once. */
import type { FirecrawlApi } from "../firecrawl-api";
import type { CrawlAnswer } from "../models/models";
import { type FoundPage, foundPage } from "../models/web-page";

/** Text of so many characters in all is kept. */
const KEPT = 16_000_000;

export interface Part {
  pages: readonly FoundPage[];
  /** Entries of another shape. */
  unknown: number;
  /** Where the next part begins; undefined after the last one. */
  next: number | undefined;
  answer: CrawlAnswer;
}

export class Reading {
  private readonly kept = new Map<string, Part>();
  private room = KEPT;

  constructor(private readonly api: FirecrawlApi) {}

  /** From the given place to the end. */
  async *parts(id: string, from = 0): AsyncGenerator<{ part: Part; skip: number }> {
    for (let skip: number | undefined = from; skip !== undefined;) {
      const part: Part = await this.part(id, skip);
      yield { part, skip };
      skip = part.next;
    }
  }

  private async part(id: string, skip: number): Promise<Part> {
    const name = `${id} ${skip}`;
    const part = this.kept.get(name) ?? (await this.ask(id, skip));
    const size = part.pages.reduce((sum, { document }) => sum + (document.markdown?.length ?? 0), 0);
    if (!this.kept.has(name) && size <= this.room) {
      this.room -= size;
      this.kept.set(name, part);
    }
    return part;
  }

  private async ask(id: string, skip: number): Promise<Part> {
    const answer = await this.api.read(id, skip);
    const entries = answer.data ?? [];
    const pages = entries.flatMap((entry) => foundPage(entry) ?? []);
    return { pages, unknown: entries.length - pages.length, next: nextSkip(answer, skip), answer };
  }
}

/**
 * Only the place is taken from the address of the next part: a server behind a proxy gives a scheme or a host that lead
 * nowhere, and the key goes to no other host. Crawls that failed name a next part for ever.
 */
function nextSkip({ next }: CrawlAnswer, skip: number): number | undefined {
  const place = Number(URL.parse(next ?? "")?.searchParams.get("skip") ?? Number.NaN);
  return Number.isSafeInteger(place) && place > skip ? place : undefined;
}
