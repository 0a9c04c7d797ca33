/**
 * A wiki is a git repository beside its own, which no API lists: its newest state is fetched over git's own protocol
 * (git-scm.com/docs/http-protocol), one question for where it stands and one for what it holds.
 */
import { AuthError, PermanentError } from "@/core/models/errors";
import type { HttpAuth } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/integration";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { type GitObject, readPack } from "./pack";

const MOST_BYTES = 64 * 1_024 * 1_024;

export interface WikiFile {
  path: string;
  sha: string;
  data: Buffer;
}

export interface WikiReader {
  /** The newest commit; undefined where there is no wiki, or none with a page. */
  head: (repository: string) => Promise<string | undefined>;
  /** Files of a commit. */
  files: (repository: string, commit: string) => Promise<WikiFile[]>;
}

/** @param site where repositories are cloned from, such as `https://github.com`. */
export function createWikiReader(
  services: IntegrationServices,
  auth: HttpAuth,
  signal: AbortSignal,
  site: string,
): WikiReader {
  const http = services.http({ auth, hostLimits: { "*": { concurrency: 2, spacingMs: 100 } } });
  const addressOf = (repository: string) => `${site}/${repository}.wiki.git`;
  return {
    async head(repository) {
      const url = `${addressOf(repository)}/info/refs?service=git-upload-pack`;
      const answer = await orNone(() => http.request({ url, expect: "bytes", maxBytes: MOST_BYTES, signal }));
      if (answer === undefined) return undefined;
      const refs = packetLines(Buffer.from(answer.data)).map((line) =>
        line.toString().replace(/\0.*$/s, "").trim(),
      );
      const at = (name: string) => refs.find((line) => line.endsWith(` ${name}`))?.slice(0, 40);
      const head = at("HEAD") ?? at("refs/heads/master") ?? at("refs/heads/main");
      return head !== undefined && /^(?!0{40})[0-9a-f]{40}$/.test(head) ? head : undefined;
    },
    async files(repository, commit) {
      const wanted = `want ${commit} side-band-64k no-progress agent=stoneturner\n`;
      const body = `${packet(wanted)}${packet("deepen 1\n")}0000${packet("done\n")}`;
      const headers = { "Content-Type": "application/x-git-upload-pack-request" };
      const url = `${addressOf(repository)}/git-upload-pack`;
      const request = {
        method: "POST",
        url,
        headers,
        body,
        expect: "bytes",
        maxBytes: MOST_BYTES,
        signal,
      } as const;
      const { data } = await http.request(request);
      const objects = readPack(packOf(packetLines(Buffer.from(data))));
      const tree = /^tree ([0-9a-f]{40})$/m.exec(objects.get(commit)?.data.toString() ?? "")?.[1] ?? "";
      return filesIn(objects, tree, "", 0);
    },
  };
}

/** Git answers 404 for a wiki without a page, and 401 where a token may not read it, which says nothing of the account. */
async function orNone<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingError) return undefined;
    if (!(error instanceof AuthError)) throw error;
    throw new ForbiddenError("The token may not read the wiki.", { status: 403, detail: "", cause: error });
  }
}

function packet(text: string): string {
  return (text.length + 4).toString(16).padStart(4, "0") + text;
}

/** Lines that each begin with their length, in four hexadecimal digits; 0000 to 0002 mark sections. */
export function packetLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = Number.parseInt(bytes.subarray(at, at + 4).toString("latin1"), 16);
    if (Number.isNaN(length) || (length > 2 && length < 4)) throw unreadable();
    if (length >= 4) lines.push(bytes.subarray(at + 4, at + length));
    at += Math.max(4, length);
  }
  return lines;
}

/** Channel 1 carries the pack, 2 words for people, 3 a refusal. */
function packOf(lines: readonly Buffer[]): Buffer {
  const refusal = lines.find((line) => line[0] === 3 || line.subarray(0, 4).toString() === "ERR ");
  if (refusal !== undefined) throw unreadable();
  return Buffer.concat(lines.filter((line) => line[0] === 1).map((line) => line.subarray(1)));
}

/** Entries of a tree are `mode name`, a zero byte, and twenty bytes of hash. */
function filesIn(
  objects: ReadonlyMap<string, GitObject>,
  tree: string,
  folder: string,
  depth: number,
): WikiFile[] {
  const data = objects.get(tree)?.data;
  if (data === undefined || depth > 20) return [];
  const files: WikiFile[] = [];
  for (let at = 0; at < data.length;) {
    const zero = data.indexOf(0, at);
    if (zero < 0) break;
    const [mode = "", ...name] = data.subarray(at, zero).toString().split(" ");
    const sha = data.subarray(zero + 1, zero + 21).toString("hex");
    at = zero + 21;
    const path = `${folder}${name.join(" ")}`;
    const blob = objects.get(sha);
    if (mode === "40000") files.push(...filesIn(objects, sha, `${path}/`, depth + 1));
    else if (mode.startsWith("100") && blob !== undefined) files.push({ path, sha, data: blob.data });
  }
  return files;
}

function unreadable(): PermanentError {
  return new PermanentError("The wiki's git server gave an answer that is not known here.");
}
