/** A folder as the provider of the Files integration: real files that come, change and go. */
import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "@/lib/hash";
import { temporaryFolder } from "@test/database";
import { createRandom } from "@test/random";
import type { ExpectedArtifact, FakeSource, FakeWorld, StartFake } from "../fake";

const words = "harbour crane ledger invoice walrus meadow signal copper lantern orbit velvet thistle".split(
  " ",
);

export const startFake: StartFake = async ({ seed, items }) => {
  const folder = temporaryFolder();
  const root = realpathSync(folder.path);
  const world = folderWorld(root, seed);
  for (let index = 0; index < items; index++) world.create();
  const fake: FakeSource = {
    integration: "Files",
    apiUrls: "",
    credential: { integration: "Files", options: { path: root } },
    secrets: [],
    world,
    faults: { heal: () => undefined },
    requests: () => [],
    leastRequests: () => 0,
    [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
  };
  return fake;
};

function folderWorld(root: string, seed: number): FakeWorld {
  const random = createRandom(seed);
  const files = new Map<string, ExpectedArtifact>();
  let serial = 0;
  const keyOf = (path: string) => `${sha256(root).slice(0, 8)}/${path}`;
  const write = (path: string, body?: string) => {
    serial++;
    const title = `Note ${serial}`;
    const text = `Entry ${serial}: ${Array.from({ length: 20 }, () => random.pick(words)).join(" ")}.`;
    files.set(path, { title, needles: [text] });
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `# ${title}\n\n${text}\n${body ?? ""}`);
    return keyOf(path);
  };
  const fresh = () => `room-${random.below(5)}/note-${serial}-${random.below(1e6)}.md`;
  return {
    incrementalSees: { edits: true, deletions: true },
    happenings: [],
    create: () => write(fresh()),
    edit: () => write(random.pick([...files.keys()])),
    delete: () => {
      const path = random.pick([...files.keys()]);
      files.delete(path);
      rmSync(join(root, path));
      return keyOf(path);
    },
    createHuge: () => write(fresh(), "\nThe crane moved once more.".repeat(200_000)),
    createEmpty: () => {
      const path = fresh();
      files.set(path, { title: path.replace(/^.*\//, "").replace(/\.md$/, ""), needles: [] });
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), "");
      return keyOf(path);
    },
    createUnknown: () =>
      writeFileSync(join(root, "film.mkv"), new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0, 0, 1])),
    snapshot: () => new Map([...files].map(([path, expected]) => [keyOf(path), expected])),
  };
}
