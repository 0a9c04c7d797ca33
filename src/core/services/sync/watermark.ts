/**
 * How far a listing has seen, in the source's own time. Never past the source's clock when the listing began: what is
 * edited meanwhile, behind the listing's back, is met by the next one; nor is an item with a date in the future
 * believed. Clocks of this machine play no part where the source says what time it is.
 */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";

const schema = z.object({ cap: z.iso.datetime(), largest: z.iso.datetime().nullable() });

export class Watermark {
  private constructor(
    private readonly cap: number,
    private largest: number | null,
    /** Items whose time was missing or could not be read. */
    public unreadable = 0,
  ) {}

  /**
   * For a listing that begins now, or goes on after an interruption.
   * @param stored what `toJSON` gave before the interruption; anything else begins anew.
   * @param providerNow the source's clock, from the `Date` header of its first answer.
   */
  static of(stored: JsonValue | null, providerNow: Date): Watermark {
    const known = schema.safeParse(stored);
    if (!known.success) return new Watermark(providerNow.getTime(), null);
    const { cap, largest } = known.data;
    return new Watermark(Date.parse(cap), largest === null ? null : Date.parse(largest));
  }

  /** Takes note of an item's time of change: ISO text, or epoch milliseconds. Others are counted and change nothing. */
  see(time: string | number | null | undefined): void {
    const at = typeof time === "string" ? Date.parse(time) : (time ?? Number.NaN);
    if (Number.isNaN(at) || Math.abs(at) > 8.64e15) this.unreadable++;
    else if (this.largest === null || at > this.largest) this.largest = at;
  }

  /** Survives in a page's `watermark`, and in a cursor. */
  toJSON(): { cap: string; largest: string | null } {
    const iso = (at: number) => new Date(at).toISOString();
    return { cap: iso(this.cap), largest: this.largest === null ? null : iso(this.largest) };
  }

  /**
   * From when on the next listing asks, "≥": what was seen last is read again, so that items of equal time cannot be
   * missed. Null when no item had a time.
   * @param overlapMs at least the source's granularity (a day where it filters by day) and its lag in indexing.
   */
  static since(stored: JsonValue | null, overlapMs: number): string | null {
    const known = schema.safeParse(stored);
    if (!known.success || known.data.largest === null) return null;
    const { cap, largest } = known.data;
    return new Date(Math.min(Date.parse(cap), Date.parse(largest)) - overlapMs).toISOString();
  }
}
