import { PermanentError } from "@/core/models/errors";

/** What the system says of a file, by its code: in words, and the next action. */
const explanations: Record<string, { says: (path: string) => string; action: string }> = {
  EACCES: {
    says: (path) => `This user may not use ${path}.`,
    action: "Give this user the right to read and write it.",
  },
  EPERM: {
    says: (path) => `This user may not change ${path}.`,
    action: "Run the command as the user that owns it.",
  },
  EROFS: {
    says: (path) => `${path} is on a disk that can only be read.`,
    action: "Mount the disk so that it can be written.",
  },
  ENOSPC: { says: (path) => `The disk of ${path} is full.`, action: "Free some space, and try again." },
  EISDIR: { says: (path) => `${path} is a folder.`, action: "Name a file, or move the folder away." },
  ENOTDIR: { says: (path) => `${path} goes through a file.`, action: "Name a path of folders." },
  ENAMETOOLONG: { says: (path) => `The name ${path} is too long.`, action: "Take a shorter one." },
  EMFILE: {
    says: () => "This process may not open more files.",
    action: "Raise the limit, e.g. ulimit -n 1024, and try again.",
  },
};

/** The failure of a file operation in plain words; undefined for any other error. */
export function fileErrorOf(error: unknown): PermanentError | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const known = explanations[String(error.code)];
  if (known === undefined) return undefined;
  const [from, to] = ["path", "dest"].map(
    (key) => Object.getOwnPropertyDescriptor(error, key)?.value as unknown,
  );
  const path = typeof to === "string" ? to : typeof from === "string" ? from : "the file";
  return new PermanentError(known.says(path), { action: known.action, cause: error });
}
