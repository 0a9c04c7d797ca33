/** Microsoft's compound file (MS-CFB): the small file system in which Outlook and the Office of before 2007 keep a file's streams. */
import { viewOf } from "./data-view";

const MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const LAST_SECTOR = 0xfffffffa;
const NOBODY = 0xffffffff;
const ENTRY_SIZE = 128;
const MINI_SECTOR = 64;
const [STORAGE, STREAM, ROOT] = [1, 2, 5];

class NotCompound extends Error {}

/** A folder of a compound file, by names in lower case: they mean the same however they are written. */
export interface CompoundFolder {
  /** Content by name. */
  streams: Map<string, Uint8Array>;
  folders: Map<string, CompoundFolder>;
}

export function isCompound(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

interface Entry {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/** Reads all of a compound file. @throws NotCompound when it is damaged. */
export function readCompound(bytes: Uint8Array): CompoundFolder {
  if (!isCompound(bytes) || bytes.length < 512) throw new NotCompound("no compound file");
  return new Compound(bytes).root();
}

class Compound {
  readonly #view: DataView;
  readonly #sectorSize: number;
  readonly #table: Uint32Array;
  readonly #miniTable: Uint32Array;
  readonly #entries: Entry[];
  readonly #mini: Uint8Array;
  readonly #miniLimit: number;
  /** Entries that stand in a folder already: a damaged file may name one twice, or go in circles. */
  readonly #placed = new Set<number>();
  /** Bytes that may still be read: streams of a hostile file share their sectors. */
  #left: number;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = viewOf(bytes);
    this.#left = bytes.length * 3 + 65_536;
    const shift = this.#view.getUint16(30, true);
    if (shift !== 9 && shift !== 12) throw new NotCompound("unknown sector size");
    this.#sectorSize = 1 << shift;
    this.#table = this.#readTable();
    this.#miniLimit = this.#view.getUint32(56, true);
    this.#entries = this.#readEntries();
    this.#miniTable = numbers(this.#chain(this.#view.getUint32(60, true)));
    const root = this.#entries[0];
    if (root?.type !== ROOT) throw new NotCompound("no root");
    this.#mini = this.#chain(root.start);
  }

  root(): CompoundFolder {
    this.#placed.add(0);
    return this.#folder(this.#entries[0]?.child ?? NOBODY);
  }

  /** Which sector follows which. The list of the table's own sectors begins in the header and goes on in a chain. */
  #readTable(): Uint32Array {
    const own: number[] = [];
    for (let at = 0; at < 109; at++) own.push(this.#view.getUint32(76 + at * 4, true));
    let next = this.#view.getUint32(68, true);
    const most = this.bytes.length / this.#sectorSize;
    for (let count = 0; next < LAST_SECTOR && count < most; count++) {
      const list = numbers(this.#sector(next));
      own.push(...list.subarray(0, -1));
      next = list.at(-1) ?? LAST_SECTOR;
    }
    const parts = own.filter((sector) => sector < LAST_SECTOR).map((sector) => this.#sector(sector));
    return numbers(joined(parts));
  }

  #sector(index: number): Uint8Array {
    const start = (index + 1) * this.#sectorSize;
    this.#left -= this.#sectorSize;
    if (start >= this.bytes.length || this.#left < 0) throw new NotCompound("a sector is missing");
    return this.bytes.subarray(start, start + this.#sectorSize);
  }

  #chain(start: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = this.#table[sector] ?? LAST_SECTOR) {
      if (parts.length > this.#table.length) throw new NotCompound("a chain goes in circles");
      parts.push(this.#sector(sector));
    }
    return joined(parts);
  }

  #miniChain(start: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let sector = start; sector < LAST_SECTOR; sector = this.#miniTable[sector] ?? LAST_SECTOR) {
      if (parts.length > this.#miniTable.length) throw new NotCompound("a chain goes in circles");
      parts.push(this.#mini.subarray(sector * MINI_SECTOR, (sector + 1) * MINI_SECTOR));
    }
    return joined(parts);
  }

  #readEntries(): Entry[] {
    const data = this.#chain(this.#view.getUint32(48, true));
    const view = viewOf(data);
    return Array.from({ length: Math.floor(data.length / ENTRY_SIZE) }, (_, index) => {
      const at = index * ENTRY_SIZE;
      const length = Math.min(64, view.getUint16(at + 64, true));
      return {
        name: new TextDecoder("utf-16le").decode(data.subarray(at, at + Math.max(0, length - 2))),
        type: view.getUint8(at + 66),
        left: view.getUint32(at + 68, true),
        right: view.getUint32(at + 72, true),
        child: view.getUint32(at + 76, true),
        start: view.getUint32(at + 116, true),
        size: view.getUint32(at + 120, true),
      };
    });
  }

  /** The entries of a folder form a tree of their own. */
  #folder(first: number): CompoundFolder {
    const folder: CompoundFolder = { streams: new Map(), folders: new Map() };
    const waiting = [first];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const entry = this.#entries[index];
      if (entry === undefined || this.#placed.has(index)) continue;
      this.#placed.add(index);
      waiting.push(entry.left, entry.right);
      if (entry.type === STORAGE) folder.folders.set(entry.name.toLowerCase(), this.#folder(entry.child));
      else if (entry.type === STREAM) folder.streams.set(entry.name.toLowerCase(), this.#stream(entry));
    }
    return folder;
  }

  #stream({ start, size }: Entry): Uint8Array {
    if (size === 0) return new Uint8Array();
    const content = size < this.#miniLimit ? this.#miniChain(start) : this.#chain(start);
    return content.subarray(0, size);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function numbers(bytes: Uint8Array): Uint32Array {
  const view = viewOf(bytes);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(at * 4, true));
}
