/** The documents of one term, by place, with what it gives each of them. */
export interface PostingList {
  places: Uint32Array;
  /** Impact of the term in each: BM25 without rarity, in steps of 2.2 / 65,535. */
  impacts: Uint16Array;
  /** Documents up to this one are in it. */
  until: number;
  /** How many of the impacts, from the first on, are FTS5's own. The others suppose that the term stands there once. */
  exact: number;
  /** Words in a document on average when it was read: its impacts are of that time. */
  mean: number;
  /** In how many documents that are not gone the term was at some version of the database. */
  held?: { version: string; documents: number };
}

export function emptyList(): PostingList {
  return { places: new Uint32Array(), impacts: new Uint16Array(), until: 0, exact: 0, mean: 0 };
}

/** Postings as they are found, in order, after those of `known`. */
export class Found {
  count = 0;
  private readonly places: Uint32Array;
  private readonly impacts: Uint16Array;

  constructor(most: number, known?: PostingList) {
    this.places = new Uint32Array(most);
    this.impacts = new Uint16Array(most);
    if (known === undefined) return;
    this.places.set(known.places);
    this.impacts.set(known.impacts);
    this.count = known.places.length;
  }

  add(place: number, impact: number): void {
    this.places[this.count] = place;
    this.impacts[this.count++] = impact;
  }

  giveTo(list: PostingList): void {
    // Cut to size: what is kept is counted by what it holds.
    const isFull = this.count === this.places.length;
    list.places = isFull ? this.places : this.places.slice(0, this.count);
    list.impacts = isFull ? this.impacts : this.impacts.slice(0, this.count);
  }
}
