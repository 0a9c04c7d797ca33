import { realpath, stat } from "node:fs/promises";
import { errnoOf, fileError, isGone, isLink } from "../errno";
import type { FilesOptions } from "../models/models";
import { shownName } from "@/lib/file-names";
import { classify, type WalkRules } from "./classify";
import type { Classified, NoticeEntry, WalkEntry } from "./entries";
import { notMounted, rootError, rootGone } from "./folder";
import { nameRule } from "./leave-out";
import { openFolder, type Folder } from "./open-folder";

export interface WalkRequest {
  /** Path of the folder, without links. */
  root: string;
  options: FilesOptions;
  signal: AbortSignal;
  /** Says whether an empty folder, now on `device`, is where a drive was mounted when its files were read. */
  isUnmounted?: (folder: string, device: string) => Promise<boolean>;
}

// So many looks at the disk are under way at once; one at a time is twenty times slower.
const AT_ONCE = 64;

interface Frame extends Folder {
  next: number;
  ready: Classified[];
}

/**
 * Every file of a folder and everything left out, by name, folders in their place among the files. Only the
 * listings of the folders on the way down are held. Links are never followed, so the walk ends.
 *
 * @throws PermanentError when the folder itself is gone; TransientError when the disk is in trouble.
 */
export async function* walk(request: WalkRequest): AsyncGenerator<WalkEntry> {
  const { root, signal } = request;
  const rules: WalkRules = { root, options: request.options, leaveOut: nameRule(request.options) };
  const identity = await folderIdentity(root);
  const stack: Frame[] = [];
  const enter = async function* (path: string, above?: Folder) {
    const opened = await openBelow(request, path, above, identity);
    if (opened === undefined) return;
    if (!("names" in opened)) {
      yield opened;
      return;
    }
    yield* opened.unnameable;
    stack.push({ ...opened, next: 0, ready: [] });
  };
  yield* enter("");
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    signal.throwIfAborted();
    const entry = frame.ready.shift();
    if (entry === undefined) {
      if (!(await refill(frame, rules))) stack.pop();
    } else if (entry.kind === "folder") {
      yield* enter(entry.key, frame);
    } else if (entry.kind !== "gone") {
      yield entry;
    }
  }
  if ((await folderIdentity(root)) !== identity) throw rootGone(root);
}

/** Classifies the next names of a folder. False when there are none left. */
async function refill(frame: Frame, rules: WalkRules): Promise<boolean> {
  const batch = frame.names.slice(frame.next, frame.next + AT_ONCE);
  frame.next += batch.length;
  frame.ready = await Promise.all(batch.map((name) => classify(rules, frame, name)));
  return batch.length > 0;
}

async function openBelow(
  request: WalkRequest,
  path: string,
  above: Folder | undefined,
  identity: string,
): Promise<Folder | NoticeEntry | undefined> {
  const { root } = request;
  try {
    const opened = await openFolder(root, path, above, request.options.followIgnored);
    if (!("names" in opened) || opened.names.length > 0 || request.isUnmounted === undefined) return opened;
    if (!(await request.isUnmounted(path, opened.device))) return opened;
    if (path === "") throw notMounted(root);
    const reason = `'${shownName(path)}' is empty, but held files of another drive. Mount it, or leave it out by a pattern.`;
    return { kind: "failed", key: `${path}/`, reason, incomplete: reason };
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    if ((await folderIdentity(root)) !== identity) throw rootGone(root, error);
    if (isGone(error) || isLink(error)) return undefined;
    if (path === "") throw rootError(root, error);
    const failure = fileError(path, error);
    if (failure.code === "transient") throw failure;
    const reason = failure.explanation;
    return { kind: "failed", key: `${path}/`, reason, incomplete: reason };
  }
}

/** What tells the connected folder from another one at the same path. */
async function folderIdentity(root: string): Promise<string> {
  try {
    const [stats, real] = await Promise.all([stat(root, { bigint: true }), realpath(root)]);
    if (!stats.isDirectory() || real !== root) throw rootGone(root);
    return `${stats.dev}:${stats.ino}`;
  } catch (error) {
    throw errnoOf(error) === undefined ? error : rootError(root, error);
  }
}
