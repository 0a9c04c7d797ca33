import ignore, { type Ignore } from "ignore";
import { readHead } from "./open-inside";

/** Name of the files that say what git leaves out. */
export const GIT_IGNORE = ".gitignore";

const MOST_BYTES = 1_000_000;
// Where file names that differ by case alone are the same file, patterns do not mind case either.
const ignorecase = process.platform !== "linux";

/** The `.gitignore` files that hold in one folder: its own first, then those of the folders above. */
export class GitIgnore {
  private constructor(
    private readonly folder: string,
    private readonly rules: Ignore,
    private readonly above: GitIgnore | undefined,
  ) {}

  /**
   * Reads the `.gitignore` of `folder` (relative to `root`; empty for the top) and puts it before those above.
   * Throws the system's error when it cannot be read.
   */
  static async read(
    root: string,
    folder: string,
    above: GitIgnore | undefined,
  ): Promise<GitIgnore | undefined> {
    const key = folder === "" ? GIT_IGNORE : `${folder}/${GIT_IGNORE}`;
    const head = await readHead(root, key, MOST_BYTES);
    if (head === undefined) return above;
    const text = new TextDecoder().decode(head.bytes);
    return new GitIgnore(folder, ignore({ ignorecase }).add(text), above);
  }

  /** True when git would leave out the entry with this path relative to the top. The nearest file that names it decides. */
  ignores(key: string, isFolder: boolean): boolean {
    const path = this.folder === "" ? key : key.slice(this.folder.length + 1);
    const { ignored, unignored } = this.rules.test(isFolder ? `${path}/` : path);
    if (ignored || unignored) return ignored;
    return this.above?.ignores(key, isFolder) ?? false;
  }
}
