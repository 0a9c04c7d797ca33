/** The fields of a credential from the places a command may get them from. */
import type { CredentialInput } from "@/core/models/credential";
import { InputError } from "@/core/models/errors";
import type { CredentialField, IntegrationConfig } from "@/core/models/integration-config";

type Name = CredentialField["input"];

const variableOf: Partial<Record<Name, string>> = {
  accessKey: "STONETURNER_ACCESS_KEY",
  secretKey: "STONETURNER_SECRET_KEY",
  apiKey: "STONETURNER_API_KEY",
};

const names: readonly string[] = ["account", "baseUrl", "accessKey", "secretKey", "apiKey"];

/** The secrets among the integration's inputs that the environment holds. */
export function fieldsFromVariables(
  config: IntegrationConfig,
  variable: (name: string) => string | undefined,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { input } of config.inputs ?? []) {
    const name = variableOf[input];
    const value = name === undefined ? undefined : variable(name);
    if (value !== undefined) fields[input] = value;
  }
  return fields;
}

/** `key=value` settings, as given on the command line. @throws InputError for one without "=". */
export function optionPairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => splitPair(pair, "--option")));
}

/** Lines of `name=value`; empty lines and lines that begin with "#" are left out. The line is never repeated. */
export function fieldsFromStdin(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  return Object.fromEntries(lines.map((line) => splitPair(line, "--stdin")));
}

/** Adds fields to a credential: the shared ones by name, whatever else the integration asks for to its options. */
export function withFields(
  input: CredentialInput,
  config: IntegrationConfig,
  fields: Readonly<Record<string, string | undefined>>,
): CredentialInput {
  const known = new Set((config.optionInputs ?? []).map((field) => field.key));
  const result: CredentialInput = { ...input, options: { ...input.options } };
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isShared(name)) result[name] = value;
    else if (known.has(name)) result.options = { ...result.options, [name]: value };
    else {
      throw new InputError(`${config.integration} has no field '${name}'.`, [], {
        action: `Known: ${[...(config.inputs ?? []).map((field) => field.input), ...known].join(", ") || "none"}.`,
      });
    }
  }
  return result;
}

function isShared(name: string): name is Name | "account" {
  return names.includes(name);
}

function splitPair(pair: string, option: string): [string, string] {
  const at = pair.indexOf("=");
  if (at < 1) {
    throw new InputError(`What ${option} was given is not name=value.`, [], {
      action: "Write the field's name, '=' and its value, e.g. path=/home/ann/notes.",
    });
  }
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}
