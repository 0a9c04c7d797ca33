import { constants } from "node:fs";
import { access, opendir, realpath, stat } from "node:fs/promises";
import { parse } from "node:path";
import { InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput } from "@/core/models/models";
import { errnoOf, isGone } from "./errno";
import { filesOptionsSchema } from "./models/models";
import { shownName } from "@/lib/file-names";
import { expandPath } from "./sync-steps/folder";

const PATH_FIELD = "options.path";

/**
 * Checks a folder before it is connected, without reading any file: it must exist and be readable. Answers its
 * path without links, and takes that as the account's label when none was given.
 *
 * @throws InputError naming the field and what it takes.
 */
export async function connectFolder(input: CredentialInput): Promise<ConnectResult> {
  const options = filesOptionsSchema.parse(input.options ?? {});
  const path = await checkFolder(expandPath(options.path));
  return {
    account: input.account ?? path,
    credential: { ...input, options: { ...options, path } },
  };
}

async function checkFolder(given: string): Promise<string> {
  const name = `'${shownName(given)}'`;
  try {
    const path = await realpath(given);
    if (!(await stat(path)).isDirectory()) {
      throw wrongPath(`${name} is a file, not a folder.`, "Give the path of the folder that holds it.");
    }
    if (path === parse(path).root) {
      throw wrongPath(`${name} is the whole disk.`, "Give the folder with what is to be found.");
    }
    await access(path, constants.R_OK | constants.X_OK);
    await (await opendir(path)).close();
    return path;
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (isGone(error)) {
      throw wrongPath(
        `There is no folder ${name} on this machine.`,
        "Check the spelling; the path is one of the machine that Stoneturner runs on.",
        error,
      );
    }
    throw wrongPath(
      `The folder ${name} cannot be opened (${errnoOf(error) ?? "unknown trouble"}).`,
      "Give the account that runs Stoneturner the right to read it, or choose another folder.",
      error,
    );
  }
}

function wrongPath(message: string, action: string, cause?: unknown): InputError {
  const detail = { field: PATH_FIELD, message: `${message} It takes the path of a folder on this machine.` };
  return new InputError(message, [detail], { action, cause });
}
