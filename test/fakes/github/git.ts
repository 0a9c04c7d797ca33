/** A wiki's git repository as its server hands it out: where it stands, and its newest state as a pack. */
import { deflateSync } from "node:zlib";

type Kind = "commit" | "tree" | "blob";
const numbers: Readonly<Record<Kind, number>> = { commit: 1, tree: 2, blob: 3 };

/** Head and pack of a repository that holds these files. */
export function gitState(files: ReadonlyMap<string, string>): { head: string; pack: Buffer } {
  const blobs = [...files].map(([path, text]) => ({ path, ...object("blob", Buffer.from(text)) }));
  const entries = blobs
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha }) => Buffer.concat([Buffer.from(`100644 ${path}\0`), Buffer.from(sha, "hex")]));
  const tree = object("tree", Buffer.concat(entries));
  const who = "Ada Quay <ada@example.com> 1772000000 +0000";
  const commit = object(
    "commit",
    Buffer.from(`tree ${tree.sha}\nauthor ${who}\ncommitter ${who}\n\nPages\n`),
  );
  const all = [commit, tree, ...blobs];
  const head = Buffer.alloc(12);
  head.write("PACK");
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(all.length, 8);
  const body = Buffer.concat([head, ...all.map(({ entry }) => entry)]);
  return {
    head: commit.sha,
    pack: Buffer.concat([body, new Bun.CryptoHasher("sha1").update(body).digest()]),
  };
}

/** `GET …/info/refs?service=git-upload-pack`. */
export function refsAnswer(head: string): Buffer {
  const lines = [
    packet("# service=git-upload-pack\n"),
    Buffer.from("0000"),
    packet(`${head} HEAD\0side-band-64k shallow ofs-delta agent=git/fake\n`),
    packet(`${head} refs/heads/master\n`),
    Buffer.from("0000"),
  ];
  return Buffer.concat(lines);
}

/** `POST …/git-upload-pack`. */
export function packAnswer(head: string, pack: Buffer): Buffer {
  const parts: Buffer[] = [packet(`shallow ${head}\n`), Buffer.from("0000"), packet("NAK\n")];
  for (let at = 0; at < pack.length; at += 8_000)
    parts.push(packet(Buffer.concat([Buffer.from([1]), pack.subarray(at, at + 8_000)])));
  return Buffer.concat([...parts, Buffer.from("0000")]);
}

function object(kind: Kind, data: Buffer): { sha: string; entry: Buffer } {
  const sha = new Bun.CryptoHasher("sha1").update(`${kind} ${data.length}\0`).update(data).digest("hex");
  const head: number[] = [];
  let rest = Math.floor(data.length / 16);
  head.push((numbers[kind] << 4) | (data.length & 15) | (rest > 0 ? 128 : 0));
  while (rest > 0) {
    const more = Math.floor(rest / 128);
    head.push((rest & 127) | (more > 0 ? 128 : 0));
    rest = more;
  }
  return { sha, entry: Buffer.concat([Buffer.from(head), deflateSync(data)]) };
}

function packet(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes]);
}
