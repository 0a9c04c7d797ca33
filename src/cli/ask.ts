import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { CredentialInput } from "@/core/models/credential";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { withFields } from "./credential-fields";

/**
 * Asks at the terminal for the fields that are missing: shared inputs unless they are optional, settings only when
 * they are required. Secrets are not shown while they are typed.
 */
export async function askMissing(
  config: IntegrationConfig,
  input: CredentialInput,
  signal: AbortSignal,
): Promise<CredentialInput> {
  let result = input;
  for (const { input: name, label, required, secret } of config.inputs ?? []) {
    if (result[name] !== undefined || required === false) continue;
    result = withFields(result, config, { [name]: await ask(label, secret ?? name !== "baseUrl", signal) });
  }
  for (const { key, label, required, secret } of config.optionInputs ?? []) {
    if (result.options?.[key] !== undefined || required !== true) continue;
    result = withFields(result, config, { [key]: await ask(label, secret === true, signal) });
  }
  return result;
}

/** Asks one thing at the terminal; a secret is not shown while it is typed. */
export async function ask(label: string, secret: boolean, signal: AbortSignal): Promise<string> {
  // Readline echoes to its output, so a secret is asked for with an output that goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(`${label}: `);
  const terminal = createInterface({
    input: process.stdin,
    output: secret ? nowhere : process.stderr,
    terminal: true,
  });
  // In this mode the terminal hands Ctrl-C to readline alone; the rest of the program must hear of it too.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return (await terminal.question("", { signal })).trim();
  } finally {
    terminal.close();
    if (secret) process.stderr.write("\n");
  }
}
