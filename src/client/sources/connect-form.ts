/** The connect form as data: which fields a source asks for, and what is sent from them. */
import type { Source } from "@/core/models/api";
import type { CredentialInput } from "@/core/models/credential";

/** One field of the form. `name` is `account`, a shared credential field, or `options.<key>`. */
export interface FormField {
  name: string;
  label: string;
  placeholder: string | undefined;
  help: string | undefined;
  secret: boolean;
  required: boolean;
}

type Hints = Source["optionInputs"][number] | Source["inputs"][number];

function toField(name: string, hints: Hints): FormField {
  return {
    name,
    label: hints.label,
    placeholder: hints.placeholder,
    help: hints.help,
    secret: hints.secret ?? false,
    required: hints.required ?? false,
  };
}

const account: FormField = {
  name: "account",
  label: "Account name",
  placeholder: undefined,
  help: "How you tell several accounts of this source apart. Made up for you when left empty.",
  secret: false,
  required: false,
};

/** The source's own fields in its own order, and the account's name last. */
export function formFields(source: Source): FormField[] {
  return [
    ...source.inputs.map((field) =>
      toField(field.input, isOwnClient(source, field.input) ? { ...field, required: false } : field),
    ),
    ...source.optionInputs.map((field) => toField(`options.${field.key}`, field)),
    account,
  ];
}

/** Whether a field is the application's id or secret, which this installation already has. */
function isOwnClient({ oauth }: Source, input: string): boolean {
  return oauth?.clientKnown === true && (input === "accessKey" || input === "secretKey");
}

/** What was typed, as the body to send. Fields left empty are left out. */
export function toCredential(source: Source, values: ReadonlyMap<string, string>): CredentialInput {
  const value = (name: string) => {
    const text = values.get(name)?.trim();
    return text === "" ? undefined : text;
  };
  const input: CredentialInput = { integration: source.integration };
  const label = value("account");
  if (label !== undefined) input.account = label;
  for (const { input: name } of source.inputs) {
    const text = value(name);
    if (text !== undefined) input[name] = text;
  }
  const options = source.optionInputs.flatMap(({ key }) => {
    const text = value(`options.${key}`);
    return text === undefined ? [] : [[key, text] as const];
  });
  if (options.length > 0) input.options = Object.fromEntries(options);
  return input;
}

/** Which field an error's detail is about: servers name it `folder`, `options.folder` or `options/folder`. */
export function fieldAtFault(fields: readonly FormField[], named: string): string | undefined {
  const plain = named.replaceAll("/", ".").replace(/^\./, "");
  return fields.find((field) => field.name === plain || field.name === `options.${plain}`)?.name;
}

/** Required fields that were left empty, each with what to do. */
export function missingFields(
  fields: readonly FormField[],
  values: ReadonlyMap<string, string>,
): Map<string, string> {
  const empty = fields.filter((field) => field.required && (values.get(field.name)?.trim() ?? "") === "");
  return new Map(empty.map((field) => [field.name, `Fill in “${field.label}”.`]));
}

/** What is known of an account that is changed, by field. Secrets are never known here and have to be given again. */
export function givenValues(account: Source["accounts"][number] | undefined): Map<string, string> {
  if (account === undefined) return new Map();
  const options = Object.entries(account.options).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "string") return [[`options.${key}`, value]];
    return value === null || value === undefined ? [] : [[`options.${key}`, JSON.stringify(value)]];
  });
  return new Map([["account", account.account], ["baseUrl", account.baseUrl ?? ""], ...options]);
}
