/**
 * Words that a text also writes in small letters. Only few are ever asked for, so that their places are noted first, and
 * those alone are made texts of that can be one of the few.
 */
export class SmallWords {
  private readonly words = new Set<string>();
  private readonly noted: { text: string; bounds: number[] }[] = [];

  add(word: string): void {
    this.words.add(word);
  }

  /** Small words of one text: where each begins and ends, by turns. */
  note(text: string, bounds: number[]): void {
    if (bounds.length > 0) this.noted.push({ text, bounds });
  }

  /** Which of these words, in lower case, are met in small letters. */
  among(wanted: ReadonlySet<string>): ReadonlySet<string> {
    const sought = new Uint8Array(shapes);
    for (const word of wanted) sought[shapeOf(word.charCodeAt(0), word.length)] = 1;
    for (const { text, bounds } of this.noted) {
      for (let at = 0; at < bounds.length; at += 2) {
        const [start = 0, end = 0] = [bounds[at], bounds[at + 1]];
        if (sought[shapeOf(text.charCodeAt(start), end - start)] === 0) continue;
        const word = text.slice(start, end);
        if (wanted.has(word)) this.words.add(word);
      }
    }
    return this.words;
  }
}

const shapes = 4_096;

/** First letter and length in one number. */
function shapeOf(first: number, length: number): number {
  return ((first & 63) << 6) | (length & 63);
}
