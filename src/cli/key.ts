import type { Command } from "commander";
import { existsSync } from "node:fs";
import { NotFoundError } from "@/core/models/errors";
import { rotateKey } from "@/core/services/credentials/rotate-key";
import type { Cli } from "./context";
import { count } from "./text";
import { loadRoot } from "./with-app";

const help = `
Secrets are encrypted anew with another key, in one step: killed at any moment, the old key or the new one opens
everything, and the same command again finishes the rest. A server that runs goes on with the new key file by itself.
Where the key comes from STONETURNER_KEY, give the next one in STONETURNER_KEY_NEXT, and start the server with it in
STONETURNER_KEY afterwards. Copies of the secrets database that were made before open with the key from before alone.

Example:
  stoneturner key rotate`;

export function addKey(program: Command, cli: Cli): void {
  const key = program
    .command("key")
    .description("the key that credentials are encrypted with")
    .addHelpText("after", help);
  key
    .command("rotate")
    .description("exchange it, and encrypt all credentials anew")
    .action(() => rotate(cli));
}

async function rotate(cli: Cli): Promise<void> {
  const config = cli.config();
  if (!existsSync(config.secretsPath)) {
    throw new NotFoundError(`There is no secrets database at ${config.secretsPath}.`, {
      action: "Set STONETURNER_HOME to the data folder; the first start makes a key.",
    });
  }
  const done = await rotateKey(config);
  const { openApp } = await loadRoot();
  const app = await openApp({
    config: { ...config, encryptionKey: config.nextEncryptionKey ?? config.encryptionKey },
  });
  await app.access.audit.record({ actor: "command line", action: "key.rotate", outcome: "ok" });
  await app.close();
  cli.print(
    done.reencrypted
      ? `The key is exchanged; ${count(done.secrets, "secret")} encrypted anew.`
      : "The key was exchanged already; what was left is finished.",
  );
  if (done.unreadable > 0) {
    cli.note(`${count(done.unreadable, "secret")} opened with no key: connect those accounts again.`);
  }
  cli.note(
    config.encryptionKey === undefined
      ? "Keep a copy of stoneturner.key apart from the data."
      : "Start the server with the new key in STONETURNER_KEY from now on.",
  );
}
