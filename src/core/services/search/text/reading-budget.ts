/** What one query may read from the database, in documents. */
export interface ReadingLimits {
  /** Documents whose numbers it reads at most; the rarest term's are read in any case, what is left out in between. */
  numbers: number;
  /** Likewise of short fields. */
  fields: number;
  /** Documents whose BM25 it reads as well. */
  exact: number;
}

export const defaultLimits: ReadingLimits = { numbers: 300_000, fields: 150_000, exact: 4_000 };
/** How many documents' numbers a query may still read from the database: reading a million takes a tenth of a second. */
export class ReadingBudget {
  constructor(private left: number) {}

  /** Takes so many of what is left, and says whether there was enough; what is needed is taken `inAnyCase`. */
  pays(documents: number, inAnyCase = false): boolean {
    if (documents > this.left && !inAnyCase) return false;
    this.left -= documents;
    return true;
  }
}
