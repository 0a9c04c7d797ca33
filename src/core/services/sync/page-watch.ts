import { PermanentError } from "@/core/models/errors";
import { hashJson } from "@/lib/hash";
import { noticeKeys } from "./page-keys";
import type { Page } from "./stream";

/** Empty pages in a row that are believed: with a cursor that moves (a window without changes), and with one that does not. */
const EMPTY_MOVING = 10_000;
const EMPTY_STILL = 50;

/** Watches the pages of one listing for signs that it goes round in a circle or never ends. */
export class PageWatch {
  private previous = "";
  private remembered = "";
  private lastCursor = "";
  private pages = 0;
  private lap = 1;
  private emptyMoving = 0;
  private emptyStill = 0;

  /** @throws PermanentError "Pagination is stuck" when a page with its cursor came before, or too many are empty. */
  check(page: Page<unknown>, keys: readonly string[]): void {
    const cursor = hashJson(page.cursor);
    const noticed = noticeKeys(page);
    if (keys.length === 0 && noticed.length === 0) this.checkEmpty(cursor);
    else this.checkRepeated(`${cursor} ${hashJson([keys, noticed])}`);
    this.lastCursor = cursor;
  }

  private checkEmpty(cursor: string): void {
    this.emptyMoving++;
    this.emptyStill = cursor === this.lastCursor ? this.emptyStill + 1 : 0;
    if (this.emptyMoving <= EMPTY_MOVING && this.emptyStill <= EMPTY_STILL) return;
    throw stuck(`${Math.max(this.emptyMoving, this.emptyStill)} empty pages in a row, and still no end`);
  }

  /** Brent's way to find a circle of any length with one remembered page. */
  private checkRepeated(page: string): void {
    this.emptyMoving = this.emptyStill = 0;
    if (page === this.previous || page === this.remembered) {
      throw stuck("the source gives a page, and where to go on, that it gave before");
    }
    this.previous = page;
    if (++this.pages !== this.lap) return;
    this.remembered = page;
    this.lap *= 2;
  }
}

function stuck(why: string): PermanentError {
  return new PermanentError(`Pagination is stuck: ${why}.`, {
    action: "What was read is kept. The source's API may be at fault; the next sync tries again.",
  });
}
