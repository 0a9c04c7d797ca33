/**
 * How many tokens a language model may take a text for, rather too many than too few: vocabularies differ, and none is
 * at hand. Four ASCII letters, three digits, two bytes of anything else, and each mark of punctuation count one; a
 * single space goes with the word after it.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let kind: Kind = kinds.none;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const next = kindOf(code);
    if (next !== kind) {
      tokens += tokensOf(kind, length);
      [kind, length] = [next, 0];
    }
    length += next === kinds.other ? utf8Bytes(code) : 1;
  }
  return tokens + tokensOf(kind, length);
}

const kinds = { none: 0, letters: 1, digits: 2, blanks: 3, marks: 4, other: 5 } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** By kind: characters, or bytes of what is not ASCII. */
const unitsAToken = [1, 4, 3, 8, 1, 2] as const;

function kindOf(code: number): Kind {
  if (code > 127) return kinds.other;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return kinds.letters;
  if (code >= 48 && code <= 57) return kinds.digits;
  return code === 32 || (code >= 9 && code <= 13) ? kinds.blanks : kinds.marks;
}

function tokensOf(kind: Kind, length: number): number {
  if (kind === kinds.blanks && length === 1) return 0;
  return Math.ceil(length / unitsAToken[kind]);
}

/** Half a surrogate pair has two of the pair's four bytes. */
function utf8Bytes(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) return 2;
  return code < 0x800 ? 2 : 3;
}
