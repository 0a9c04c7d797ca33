import { z } from "zod";
import type { ArtifactKind } from "@/core/models/artifact";

/** One megabyte as file managers count it, in bytes. */
export const MEGABYTE = 1_000_000;

const words: Record<string, boolean> = {
  "": false,
  no: false,
  false: false,
  off: false,
  "0": false,
  yes: true,
  true: true,
  on: true,
  "1": true,
};

const yesOrNo = z
  .union([z.boolean(), z.string()], { error: "takes yes or no" })
  .transform((value, context) => {
    const answer = typeof value === "boolean" ? value : words[value.trim().toLowerCase()];
    if (answer === undefined) {
      context.addIssue({ code: "custom", message: "takes yes or no" });
      return z.NEVER;
    }
    return answer;
  })
  .default(false);

const patterns = z
  .union([z.string(), z.array(z.string())], {
    error: "takes patterns such as *.md, separated by commas or lines",
  })
  .transform((value) => (typeof value === "string" ? splitPatterns(value) : value.flatMap(splitPatterns)))
  .refine((list) => list.length <= 200, "takes at most 200 patterns")
  .refine((list) => list.every((pattern) => pattern.length <= 500), "takes patterns of up to 500 characters")
  .refine(
    (list) => list.every((pattern) => !pattern.startsWith("!")),
    "takes patterns without '!' in front; name the exceptions under the other field",
  )
  .default([]);

const megabytes = z
  .union([z.number(), z.string().trim()])
  .transform((value) => (value === "" ? 20 : Number(value)))
  .refine((value) => value > 0 && value <= 500, "takes a number of megabytes above 0, up to 500")
  .default(20);

/** A connected folder's options, as a form, a script or a stored credential gives them. */
export const filesOptionsSchema = z.object({
  path: z
    .string({ error: "takes the path of a folder on this machine, e.g. /home/ann/notes" })
    .refine((path) => path.trim() !== "", "takes the path of a folder on this machine, e.g. /home/ann/notes")
    .refine((path) => !path.includes("\0"), "takes a path without a NUL character"),
  include: patterns,
  exclude: patterns,
  followHidden: yesOrNo,
  followIgnored: yesOrNo,
  maxFileMb: megabytes,
  watch: yesOrNo,
});
export type FilesOptions = z.infer<typeof filesOptionsSchema>;

/** One file as the walk met it. */
export interface FileItem {
  /** Path relative to the folder, with `/`, exactly as the file system spells it. */
  key: string;
  /** Size in bytes. */
  size: number;
  /** Last change of the content, ISO-8601 UTC. */
  modifiedAt: string;
  /** Last change of content, name or rights, ISO-8601 UTC. */
  changedAt: string;
  /** The file system it lies on. */
  device: string;
  /** Differs when the file may have changed. */
  version: string;
  /** What an earlier sync read, where there was one. */
  known: KnownContent | undefined;
  /** What `render` found; unset until then, and when there is nothing to serve. */
  facts: FileFacts | undefined;
}

/** What is remembered of a file's content. */
export interface KnownContent {
  /** SHA-256 of the bytes that were read. */
  hash: string;
  artifactDate: string;
}

/** What reading a file came to, for the table that agents query. */
export interface FileFacts extends KnownContent {
  format: string;
  kind: ArtifactKind;
  title: string;
  author: string | null;
}

/** Patterns of one text: separated by commas and line ends, but not by the commas of `{md,txt}`. */
export function splitPatterns(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of text) {
    if (character === "{") depth++;
    if (character === "}" && depth > 0) depth--;
    const separates = character === "\n" || character === "\r" || (character === "," && depth === 0);
    if (!separates) {
      current += character;
      continue;
    }
    found.push(current);
    current = "";
    depth = 0;
  }
  found.push(current);
  return found.map((pattern) => pattern.trim()).filter((pattern) => pattern !== "");
}
