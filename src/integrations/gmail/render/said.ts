/** Scripts without spaces between words: each character counts as a word. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

/** Words that are compared at once: enough that they do not meet by chance. */
const RUN = 3;
/** Characters that are remembered of a thread: quotes of more are shown once more. */
const MOST_REMEMBERED = 2_000_000;

/**
 * What a thread has said so far, by runs of words: programs that quote break lines elsewhere, and write marks of their
 * own, but leave the words as they were.
 */
export class Said {
  private readonly runs = new Set<string>();
  private left = MOST_REMEMBERED;

  learn(text: string): void {
    const taken = text.slice(0, this.left);
    this.left -= taken.length;
    for (const run of runsOf(wordsOf(taken))) this.runs.add(run);
  }

  /** Whether all of a line was said before; undefined where it is too short to tell. */
  knows(line: string): boolean | undefined {
    const words = wordsOf(line);
    return words.length < RUN ? undefined : runsOf(words).every((run) => this.runs.has(run));
  }
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

function runsOf(words: readonly string[]): string[] {
  return words.slice(RUN - 1).map((_word, index) => words.slice(index, index + RUN).join(" "));
}
