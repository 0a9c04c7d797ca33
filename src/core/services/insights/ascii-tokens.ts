/** Takes a token: where it stands, and whether it has a capital or an apostrophe. */
export type TakeToken = (start: number, end: number, hasCapital: boolean, hasApostrophe: boolean) => void;

const kinds = { none: 0, small: 1, capital: 2, mark: 3 } as const;
const kindOf = kindsOf();
const [plus, hash, apostrophe] = [0x2b, 0x23, 0x27];

/**
 * Calls back for each word of plain English text, with its inner marks: "AT&T", "GPT-4", "O'Brien", "C++", "F#". It is
 * `/[A-Za-z0-9]+(?:[-.&'/+_][A-Za-z0-9]+)*(?:\+\+|#)?/g` by hand, which says where a word stands and makes no text of it.
 */
export function eachAsciiToken(text: string, take: TakeToken): void {
  for (let at = 0; at < text.length;) {
    if (!isInner(text, at)) {
      at++;
      continue;
    }
    const start = at;
    let hasCapital = false;
    let hasApostrophe = false;
    for (;;) {
      const code = text.charCodeAt(at);
      const kind = kindOf[code] ?? kinds.none;
      if (kind === kinds.capital) hasCapital = true;
      else if (kind !== kinds.small) {
        if (kind !== kinds.mark || !isInner(text, at + 1)) break;
        if (code === apostrophe) hasApostrophe = true;
      }
      at++;
      if (at === text.length) break;
    }
    if (text.charCodeAt(at) === plus && text.charCodeAt(at + 1) === plus) at += 2;
    else if (text.charCodeAt(at) === hash) at++;
    take(start, at, hasCapital, hasApostrophe);
  }
}

/** Whether a letter or digit stands there. */
function isInner(text: string, at: number): boolean {
  const kind = kindOf[text.charCodeAt(at)] ?? kinds.none;
  return kind === kinds.small || kind === kinds.capital;
}

function kindsOf(): Uint8Array {
  const found = new Uint8Array(128);
  for (let code = 0; code < found.length; code++) {
    const character = String.fromCharCode(code);
    if (/[a-z0-9]/.test(character)) found[code] = kinds.small;
    else if (/[A-Z]/.test(character)) found[code] = kinds.capital;
    else if (/[-.&'/+_]/.test(character)) found[code] = kinds.mark;
  }
  return found;
}
