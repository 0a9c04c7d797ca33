import { best, mostTies } from "./best-estimates";
import { kernelOver } from "./kernel";
import { planes, writePlanes } from "./query-planes";
import { bitsAVector, wordsAVector, type BitQuery } from "./sign-encoder";

const pageBytes = 65_536;
const bytesAVector = wordsAVector * 4;
/** Beside the bits: the artifact's number, the row's, the chunk's, and the factor of the estimate. */
const bytesBeside = 16;
/** Query, histogram and the query's numbers stand before everything else. */
const histogramAt = 64;
const planesAt = histogramAt + (bitsAVector + 1) * 4 + 12;
const headBytes = planesAt + planes * bytesAVector;
const leastCapacity = 1_024;
/** Vectors estimated at a time: few enough that the way to the first is still known after the last. */
const placesATime = 128;
/** Where the parts stand in memory, each aligned to eight bytes. */
interface Layout {
  capacity: number;
  bits: number;
  numbers: number;
  rows: number;
  targets: number;
  factors: number;
  distances: number;
  /** Mask and results come last: their lengths follow the query. */
  end: number;
}

/** A vector as the store knows it. */
export interface Entry {
  /** Row number of the stored floats. */
  row: number;
  /** Number of the artifact in the search tables. */
  no: number;
  /** Number of the chunk, where it is one's. */
  target: number;
}

/** Entries with their estimated cosines, the largest first. */
export interface Estimated {
  entries: Entry[];
  estimates: Float32Array;
}

/** Sign bits of the vectors of one kind, in one stretch of memory that the kernel scans. */
export class BitStore {
  private layout = layoutFor(0);
  private memory = memoryFor(this.layout);
  count = 0;
  /** Kept so that what was read counts as used. */
  protected touched = 0;
  /** True while chunk numbers only rose. */
  private inOrder = true;

  /** Adds a vector; `encode` writes its bits and returns the factor of its estimate. */
  add(entry: Entry, encode: (words: Uint32Array, at: number) => number): void {
    if (this.count === this.layout.capacity) this.grow(this.count * 1.5);
    const { bits, numbers, rows, targets, factors } = this.layout;
    const words = new Uint32Array(this.memory.buffer);
    const factor = encode(words, bits / 4 + this.count * wordsAVector);
    new Float32Array(this.memory.buffer)[factors / 4 + this.count] = factor;
    if (this.count > 0 && entry.target < (words[targets / 4 + this.count - 1] ?? 0)) this.inOrder = false;
    words[numbers / 4 + this.count] = entry.no;
    words[rows / 4 + this.count] = entry.row;
    words[targets / 4 + this.count] = entry.target;
    this.count++;
  }

  entry(index: number): Entry {
    const [entry] = this.entries(Uint32Array.of(index));
    return entry ?? { no: 0, row: 0, target: 0 };
  }

  /** Artifact numbers by place, as long as nothing is added. */
  get artifacts(): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.layout.numbers, this.count);
  }

  bitsOf(index: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.layout.bits + index * bytesAVector, wordsAVector);
  }

  /** The entries of chunks, those that have one; undefined where they cannot be told quickly. */
  ofTargets(chunks: readonly number[]): Entry[] | undefined {
    if (!this.inOrder) return undefined;
    const targets = new Uint32Array(this.memory.buffer, this.layout.targets, this.count);
    const places: number[] = [];
    for (const chunk of chunks) {
      const place = placeOf(targets, chunk);
      if (targets[place] === chunk) places.push(place);
    }
    return this.entries(Uint32Array.from(places));
  }

  /**
   * The `n` vectors whose estimated cosines with the query are largest (or a few more, where they tie), the largest
   * first, of the `considered` whose bits are nearest to its own, among artifacts whose byte in `mask` is 1. The mask
   * must reach to the largest number of an artifact.
   */
  nearest(query: BitQuery, mask: Uint8Array, considered: number, n: number): Estimated {
    if (this.count === 0) return { entries: [], estimates: new Float32Array() };
    const found = this.collect(query.bits, mask, considered);
    const estimates = this.estimates(query, found);
    const order = best(estimates, n);
    const sorted = new Float32Array(order.length);
    for (let at = 0; at < order.length; at++) {
      const place = order[at] ?? 0;
      sorted[at] = estimates[place] ?? 0;
      order[at] = found[place] ?? 0;
    }
    return { entries: this.entries(order), estimates: sorted };
  }

  private entries(places: Uint32Array): Entry[] {
    const { numbers, rows, targets } = this.layout;
    const words = new Uint32Array(this.memory.buffer);
    const entries: Entry[] = [];
    for (const place of places) {
      const no = words[numbers / 4 + place] ?? 0;
      entries.push({ no, row: words[rows / 4 + place] ?? 0, target: words[targets / 4 + place] ?? 0 });
    }
    return entries;
  }

  /** Places of those whose bits are nearest. */
  private collect(query: Uint32Array, mask: Uint8Array, n: number): Uint32Array {
    const { bits, numbers, distances, end } = this.layout;
    const out = end + align(mask.length);
    // Where many distances tie at the limit, all of them come back; their sums come after them.
    this.reserve(out + (this.count + 2) * 12);
    const { buffer } = this.memory;
    new Uint8Array(buffer, end, mask.length).set(mask);
    new Uint32Array(buffer, 0, wordsAVector).set(query);
    const histogram = new Uint32Array(buffer, histogramAt, bitsAVector + 1).fill(0);
    const { scan, collect } = this.kernel();
    scan(this.count, bits, numbers, end, distances, histogramAt, 0);
    const after = collect(this.count, distances, limitFor(histogram, n), out);
    return new Uint32Array(buffer, out, Math.min((after - out) / 4, n * mostTies));
  }

  /**
   * What the query's cosine with each vector is about: the product of its numbers, rounded, with the vector's signs,
   * times the vector's factor, and what the corpus's mean adds.
   *
   * Source: J. Gao, C. Long, "RaBitQ" (2024), for the estimate and for a query's numbers as planes of bits.
   */
  private estimates({ turned, scale, base }: BitQuery, places: Uint32Array): Float32Array {
    const { buffer } = this.memory;
    const { least, step, total } = writePlanes(
      turned,
      new Uint32Array(buffer, planesAt, planes * wordsAVector),
    );
    const out = align(places.byteOffset + places.byteLength);
    const { estimate } = this.kernel();
    for (let from = 0; from < places.length; from += placesATime) {
      const some = places.subarray(from, from + placesATime);
      this.touch(some);
      const start = some.byteOffset;
      estimate(start, start + some.byteLength, this.layout.bits, planesAt, headBytes, out + 8 * from);
    }
    const factors = new Float32Array(buffer, this.layout.factors, this.count);
    const sums = new Uint32Array(buffer, out, 2 * places.length);
    const estimates = new Float32Array(places.length);
    // A loop: the callback of `from` costs more than all the sums.
    for (let at = 0; at < places.length; at++) {
      const set = step * (sums[2 * at] ?? 0) + least * (sums[2 * at + 1] ?? 0);
      estimates[at] = base + scale * (2 * set - total) * (factors[places[at] ?? 0] ?? 0);
    }
    return estimates;
  }

  /**
   * Reads a little of each of these vectors, which lie far apart: here the processor waits for many of them at once, and
   * in the kernel for one after the other.
   */
  private touch(places: Uint32Array): void {
    const words = new Uint32Array(this.memory.buffer);
    const first = this.layout.bits / 4;
    let bits = 0;
    for (let at = 0; at < places.length; at++) bits ^= words[first + (places[at] ?? 0) * wordsAVector] ?? 0;
    this.touched = bits;
  }

  /** Everything in a form that `restore` takes, as a copy. */
  save(): Uint8Array {
    const { bits, numbers, rows, targets, factors } = this.layout;
    const copy = new Uint8Array(this.count * (bytesAVector + bytesBeside));
    let at = 0;
    for (const [from, size] of [
      [bits, bytesAVector],
      [numbers, 4],
      [rows, 4],
      [targets, 4],
      [factors, 4],
    ] as const) {
      copy.set(new Uint8Array(this.memory.buffer, from, this.count * size), at);
      at += this.count * size;
    }
    return copy;
  }

  /** Takes `bytes` of what `save` gave, which `fill` writes, in place of everything. */
  restore(bytes: number, fill: (saved: Uint8Array) => void): void {
    this.count = 0;
    const count = Math.floor(bytes / (bytesAVector + bytesBeside));
    this.grow(count);
    const { bits, numbers, rows, targets, factors } = this.layout;
    const saved = new Uint8Array(this.memory.buffer, bits, count * (bytesAVector + bytesBeside));
    // Written where it stays but for a few bytes: pages of memory that are new cost more than what is read.
    fill(saved);
    // The last goes first: each moves towards the end, if at all.
    for (const [at, to] of [factors, targets, rows, numbers].entries()) {
      const from = count * (bytesAVector + 4 * (3 - at));
      new Uint8Array(this.memory.buffer).copyWithin(to, bits + from, bits + from + count * 4);
    }
    this.count = count;
    this.inOrder = isRising(new Uint32Array(this.memory.buffer, targets, count));
  }

  private instance: { memory: WebAssembly.Memory; kernel: ReturnType<typeof kernelOver> } | undefined;

  private kernel(): ReturnType<typeof kernelOver> {
    if (this.instance?.memory !== this.memory)
      this.instance = { memory: this.memory, kernel: kernelOver(this.memory) };
    return this.instance.kernel;
  }

  private grow(capacity: number): void {
    const before = this.layout;
    const old = this.memory.buffer;
    this.layout = layoutFor(Math.max(leastCapacity, Math.ceil(capacity)));
    this.memory = memoryFor(this.layout);
    const move = (from: number, to: number, size: number) =>
      new Uint8Array(this.memory.buffer, to).set(new Uint8Array(old, from, this.count * size));
    move(before.bits, this.layout.bits, bytesAVector);
    move(before.numbers, this.layout.numbers, 4);
    move(before.rows, this.layout.rows, 4);
    move(before.targets, this.layout.targets, 4);
    move(before.factors, this.layout.factors, 4);
  }

  private reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
  }
}

function layoutFor(capacity: number): Layout {
  const bits = align(headBytes);
  const numbers = bits + capacity * bytesAVector;
  const rows = numbers + align(capacity * 4);
  const targets = rows + align(capacity * 4);
  const factors = targets + align(capacity * 4);
  const distances = factors + align(capacity * 4);
  return { capacity, bits, numbers, rows, targets, factors, distances, end: distances + align(capacity * 2) };
}

function memoryFor({ end }: Layout): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: Math.ceil(end / pageBytes) });
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** A loop by places: an iterator takes many times as long, and this runs once, at a start. */
function isRising(numbers: Uint32Array): boolean {
  let before = 0;
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] ?? 0;
    if (number < before) return false;
    before = number;
  }
  return true;
}

/** Where `number` stands in rising numbers, or would. */
function placeOf(numbers: Uint32Array, number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The distance within which at least `n` vectors are, or the largest there is. */
function limitFor(histogram: Uint32Array, n: number): number {
  let found = 0;
  for (let distance = 0; distance <= bitsAVector; distance++) {
    found += histogram[distance] ?? 0;
    if (found >= n) return distance;
  }
  return bitsAVector;
}
