import { simplifiedCode } from "@/core/services/index/han";

/**
 * Character n-grams (3 to 5; 1 and 2 where a Chinese character begins one, since these are words by themselves): they
 * find inflections, compounds, typos and split words where whole words do not, and Chinese ones that were cut
 * in another way. Scored over the candidates alone, in one pass over each text; positions whose shortest gram is not in
 * the query are left at once.
 */
const tableBits = 18;
const tableSize = 1 << tableBits;
const mostGrams = 1_500;
const space = 32;
const quickSize = 1 << 13;

/** Sampled document frequencies of hashed n-grams. */
export interface GramStatistics {
  samples: number;
  frequencies: Uint16Array;
  averageLength: number;
}

/** 1 letter, digit or mark; 2 anything else; 3 Chinese character; 0 not looked at yet. */
const characterClass = new Uint8Array(65_536);
const inWord = /[\p{L}\p{N}\p{M}\ud800-\udfff]/u;
const isHan = /\p{Script=Han}/u;

/** What a byte of ASCII becomes: small letters and digits themselves, capitals small, all else a space. */
const asciiCodes = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return inWord.test(character) ? character.toLowerCase().charCodeAt(0) : space;
});
const encoder = new TextEncoder();

/** A text's lower-cased letters and digits with single spaces between words and around: what n-grams are taken from. */
export class GramText {
  codes = new Uint16Array(8_192);
  length = 0;
  private bytes = new Uint8Array(8_192);

  set(text: string): this {
    // What is all ASCII, as most text is, needs neither a copy in small letters nor a look at its characters one by one.
    if (this.bytes.length < text.length) this.bytes = new Uint8Array(text.length * 2);
    const { read, written } = encoder.encodeInto(text, this.bytes);
    return read === text.length && written === read ? this.setAscii(written) : this.setAny(text);
  }

  private setAscii(count: number): this {
    if (this.codes.length < count + 2) this.codes = new Uint16Array(count * 2);
    const { bytes, codes } = this;
    codes[0] = space;
    let length = 1;
    let before = space;
    for (let at = 0; at < count; at++) {
      const code = asciiCodes[bytes[at] ?? 0] ?? space;
      codes[length] = code;
      // Counted on unless both are spaces, without a branch: where words end cannot be foreseen.
      length += -((code ^ space) | (before ^ space)) >>> 31;
      before = code;
    }
    if (before !== space) codes[length++] = space;
    this.length = length;
    return this;
  }

  private setAny(text: string): this {
    if (this.codes.length < text.length + 2) this.codes = new Uint16Array(text.length * 2);
    const { codes } = this;
    codes[0] = space;
    let length = 1;
    let before = space;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      const code = knownCodes[unit] || codeOf(unit);
      if (code === byContext) return this.setLower(text.toLowerCase());
      codes[length] = code;
      length += -((code ^ space) | (before ^ space)) >>> 31;
      before = code;
    }
    if (before !== space) codes[length++] = space;
    this.length = length;
    return this;
  }

  /** For text with characters whose small letters depend on what stands beside them, or are more than one unit. */
  private setLower(lower: string): this {
    if (this.codes.length < lower.length + 2) this.codes = new Uint16Array(lower.length * 2);
    const { codes } = this;
    codes[0] = space;
    let length = 1;
    let isSpace = true;
    for (let at = 0; at < lower.length; at++) {
      const code = lower.charCodeAt(at);
      if (classOf(code) !== 2) {
        codes[length++] = characterClass[code] === 3 ? simplifiedCode(code) : code;
        isSpace = false;
      } else if (!isSpace) {
        codes[length++] = space;
        isSpace = true;
      }
    }
    if (codes[length - 1] !== space) codes[length++] = space;
    this.length = length;
    return this;
  }
}

/** What each UTF-16 unit becomes, as `codeOf` gives it; 0 where that was not asked yet. */
const knownCodes = new Uint16Array(65_536);
/** Of a unit that cannot be told by itself: no letter is a noncharacter. */
const byContext = 0xffff;
const capitalSigma = 0x03a3;

/** What a unit becomes in n-grams: its small letter, a space where it is in no word, or `byContext`. */
function codeOf(unit: number): number {
  const lower = String.fromCharCode(unit).toLowerCase();
  const small = lower.charCodeAt(0);
  const isPart = unit >= 0xd800 && unit <= 0xdfff;
  let code = classOf(small) === 2 ? space : classOf(small) === 3 ? simplifiedCode(small) : small;
  if (isPart || unit === capitalSigma || lower.length > 1) code = byContext;
  knownCodes[unit] = code;
  return code;
}

function classOf(code: number): number {
  const known = characterClass[code] ?? 2;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  const found = isHan.test(character) ? 3 : inWord.test(character) ? 1 : 2;
  characterClass[code] = found;
  return found;
}

/** Length of the shortest n-gram that begins here, be there room for it or not. */
function shortestAt(codes: Uint16Array, from: number): number {
  return classOf(codes[from] ?? space) === 3 ? 1 : 3;
}

/** Length of the longest n-gram that begins here and ends before `length`. */
function longestAt(codes: Uint16Array, from: number, length: number): number {
  const most = classOf(codes[from] ?? space) !== 3 ? 5 : codes[from + 1] === space ? 1 : 2;
  return Math.min(most, length - from);
}

/** Counts in how many of some texts each n-gram occurs. */
export class GramCounts {
  private readonly frequencies = new Uint16Array(tableSize);
  private readonly seen = new Uint16Array(tableSize);
  private readonly buffer = new GramText();
  private samples = 0;
  private length = 0;

  add(text: string): void {
    const { buffer, seen, frequencies } = this;
    buffer.set(text);
    this.length += buffer.length;
    const mark = ++this.samples;
    for (let from = 0; from < buffer.length; from++) {
      const longest = longestAt(buffer.codes, from, buffer.length);
      for (let size = shortestAt(buffer.codes, from); size <= longest; size++) {
        const slot = slotOf(hashAt(buffer.codes, from, size));
        if (seen[slot] === mark) continue;
        seen[slot] = mark;
        frequencies[slot] = (frequencies[slot] ?? 0) + 1;
      }
    }
  }

  /** What was counted, true until the next text is added. */
  get statistics(): GramStatistics {
    const { samples, frequencies, length } = this;
    return { samples, frequencies, averageLength: Math.max(1, length / Math.max(1, samples)) };
  }
}

/** A query's n-grams, weighted by how rare they are, ready to score many texts. */
export class GramQuery {
  private readonly keys: Uint32Array;
  private readonly slots: Uint16Array;
  private readonly mask: number;
  /** Which values of `quickHash` the query's 3-grams have: most of a text is left by this alone. */
  private readonly starts = new Uint8Array(quickSize);
  private readonly weights: Float64Array;
  private readonly counts: Float32Array;
  private readonly buffer = new GramText();
  private readonly hasHan: boolean;

  constructor(
    text: string,
    private readonly statistics: GramStatistics,
  ) {
    const counts = countGrams(this.buffer.set(text));
    const { codes, length } = this.buffer;
    for (let from = 0; from + 3 <= length; from++) this.starts[quickHash(codes, from)] = 1;
    this.hasHan = isHan.test(text);
    let capacity = 256;
    while (capacity < counts.size * 8) capacity *= 2;
    this.keys = new Uint32Array(capacity);
    this.slots = new Uint16Array(capacity);
    this.mask = capacity - 1;
    this.weights = new Float64Array(counts.size);
    this.counts = new Float32Array(counts.size);
    let index = 0;
    for (const [hash, count] of counts) {
      const frequency = statistics.frequencies[slotOf(hash)] ?? 0;
      this.weights[index] = count * Math.log(1 + (statistics.samples - frequency + 0.5) / (frequency + 0.5));
      this.insert(hash, index);
      index++;
    }
  }

  /** BM25 over n-grams; 0 when the text shares none with the query. */
  score(text: string, k1: number, b: number): number {
    const { counts, weights, buffer, starts } = this;
    buffer.set(text);
    counts.fill(0);
    const { codes, length } = buffer;
    for (let from = 0; from + 3 <= length; from++) {
      if (starts[quickHash(codes, from)] !== 1) continue;
      if (!this.count(hashAt(codes, from, 3))) continue;
      if (from + 4 > length || !this.count(hashAt(codes, from, 4))) continue;
      if (from + 5 <= length) this.count(hashAt(codes, from, 5));
    }
    if (this.hasHan) this.countHan(buffer);
    const damping = k1 * (1 - b + (b * length) / this.statistics.averageLength);
    let score = 0;
    for (let index = 0; index < weights.length; index++) {
      const count = counts[index] ?? 0;
      if (count > 0) score += ((weights[index] ?? 0) * count) / (count + damping);
    }
    return score;
  }

  /** Looked for only where the query has some: most have none, and this is the innermost loop of a search. */
  private countHan({ codes, length }: GramText): void {
    for (let from = 0; from < length; from++) {
      if (classOf(codes[from] ?? space) !== 3 || !this.count(hashAt(codes, from, 1))) continue;
      if (longestAt(codes, from, length) > 1) this.count(hashAt(codes, from, 2));
    }
  }

  private count(hash: number): boolean {
    let at = hash & this.mask;
    for (;;) {
      const slot = this.slots[at] ?? 0;
      if (slot === 0) return false;
      if (this.keys[at] === hash) {
        this.counts[slot - 1] = (this.counts[slot - 1] ?? 0) + 1;
        return true;
      }
      at = (at + 1) & this.mask;
    }
  }

  private insert(hash: number, index: number): void {
    let at = hash & this.mask;
    while (this.slots[at] !== 0) at = (at + 1) & this.mask;
    this.keys[at] = hash;
    this.slots[at] = index + 1;
  }
}

function countGrams({ codes, length }: GramText): Map<number, number> {
  const counts = new Map<number, number>();
  for (let from = 0; from < length; from++) {
    const longest = longestAt(codes, from, length);
    for (let size = shortestAt(codes, from); size <= longest; size++) {
      const hash = hashAt(codes, from, size);
      if (counts.size < mostGrams || counts.has(hash)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
  }
  return counts;
}

function quickHash(codes: Uint16Array, from: number): number {
  const mixed = (codes[from] ?? 0) ^ ((codes[from + 1] ?? 0) << 4) ^ ((codes[from + 2] ?? 0) << 8);
  return (mixed ^ (mixed >>> 13)) & (quickSize - 1);
}

/** Where the frequency of an n-gram is kept. */
export function slotOf(hash: number): number {
  return hash >>> (32 - tableBits);
}

export function hashAt(codes: Uint16Array, from: number, size: number): number {
  let hash = 0x811c9dc5 ^ size;
  for (let at = from; at < from + size; at++) hash = Math.imul(hash ^ (codes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
