const SECTOR = 512;
const MINI = 64;
const [FREE, END, TABLE_SECTOR] = [0xffffffff, 0xfffffffe, 0xfffffffd];

/** Streams by name, and folders of such. */
export interface FixtureFolder {
  [name: string]: Uint8Array | FixtureFolder;
}

interface Entry {
  name: string;
  type: number;
  next: number;
  child: number;
  content: Uint8Array;
  start: number;
}

/** A real compound file (MS-CFB, version 3): short streams in the small sectors, longer ones in sectors of their own. */
export function compoundOf(root: FixtureFolder): Uint8Array {
  const entries: Entry[] = [entryOf("Root Entry", 5)];
  list(root, 0, entries);
  const table: number[] = [];
  const sectors: Uint8Array[] = [];
  const mini: number[] = [];
  const small: Uint8Array[] = [];
  for (const entry of entries.filter(({ type, content }) => type === 2 && content.length > 0))
    entry.start =
      entry.content.length < 4_096
        ? chained(entry.content, MINI, mini, small)
        : chained(entry.content, SECTOR, table, sectors);
  const top = entries[0] ?? entryOf("", 5);
  top.content = Buffer.concat(small);
  if (small.length > 0) top.start = chained(top.content, SECTOR, table, sectors);
  const miniStart = mini.length === 0 ? END : chained(words(mini), SECTOR, table, sectors);
  const directory = chained(Buffer.concat(entries.map(written)), SECTOR, table, sectors);
  const tableStart = table.length;
  const tableSectors = Math.ceil((table.length + 8) / 128);
  for (let at = 0; at < tableSectors; at++) table.push(TABLE_SECTOR);
  const header = Buffer.alloc(SECTOR);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(directory, 48);
  header.writeUInt32LE(4_096, 56);
  header.writeUInt32LE(miniStart, 60);
  header.writeUInt32LE(END, 68);
  header.fill(0xff, 76);
  for (let at = 0; at < tableSectors; at++) header.writeUInt32LE(tableStart + at, 76 + at * 4);
  return Buffer.concat([header, ...sectors, padded(words(table), SECTOR, 0xff)]);
}

function entryOf(name: string, type: number, content: Uint8Array = new Uint8Array()): Entry {
  return { name, type, content, next: FREE, child: FREE, start: END };
}

/** Adds what a folder holds, each linked to the one after it. */
function list(folder: FixtureFolder, of: number, entries: Entry[]): void {
  let last: Entry | undefined;
  for (const [name, content] of Object.entries(folder)) {
    const index = entries.length;
    const isStream = content instanceof Uint8Array;
    const entry = entryOf(name, isStream ? 2 : 1, isStream ? content : undefined);
    entries.push(entry);
    if (last !== undefined) last.next = index;
    else {
      const parent = entries[of];
      if (parent !== undefined) parent.child = index;
    }
    last = entry;
    if (!isStream) list(content, index, entries);
  }
}

/** Cuts content into sectors, notes which follows which, and says where it begins. */
function chained(content: Uint8Array, size: number, table: number[], sectors: Uint8Array[]): number {
  const start = table.length;
  const whole = padded(content, size, 0);
  for (let at = 0; at < whole.length; at += size) {
    sectors.push(whole.subarray(at, at + size));
    table.push(at + size < whole.length ? table.length + 1 : END);
  }
  return start;
}

function padded(content: Uint8Array, size: number, filler: number): Buffer {
  const whole = Buffer.alloc(Math.ceil(content.length / size) * size, filler);
  whole.set(content);
  return whole;
}

const words = (values: readonly number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer);

function written({ name, type, next, child, content, start }: Entry): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, "utf16le");
  entry.writeUInt16LE((name.length + 1) * 2, 64);
  entry.writeUInt8(type, 66);
  entry.writeUInt32LE(FREE, 68);
  entry.writeUInt32LE(next, 72);
  entry.writeUInt32LE(child, 76);
  entry.writeUInt32LE(start, 116);
  entry.writeUInt32LE(content.length, 120);
  return entry;
}
