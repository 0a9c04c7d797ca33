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
  /** Whether the source says what there is to choose. */
  lookUp: boolean;
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
    lookUp: "lookUp" in hints && hints.lookUp === true,
  };
}

const account: FormField = {
  name: "account",
  label: "Account name",
  placeholder: undefined,
  help: "How you tell several accounts of this source apart. Made up for you when left empty.",
  secret: false,
  required: false,
  lookUp: false,
};

/** How an account is connected: by a key that is pasted, or by agreeing at the source. */
export type Way = "key" | "consent";

/** The ways that a source takes, the usual one first. */
export function waysOf({ oauth, inputs }: Source): readonly Way[] {
  if (oauth === null) return ["key"];
  return inputs.some(({ input }) => input === "apiKey") ? ["key", "consent"] : ["consent"];
}

/** What is stored and never answered again: of a changed account, it may be left empty. */
const neverAnswered: readonly string[] = ["accessKey", "secretKey", "apiKey"];

/**
 * The fields for one way, in the source's own order, the account's name last. Where both ways are open, a key needs no
 * application and the other way round, and each needs its own. An account that is changed keeps its name, and its
 * keys where they are left empty: a sync that failed says nothing against them, unless the source refused them.
 */
export function formFields(
  source: Source,
  way: Way,
  changed?: Pick<Source["accounts"][number], "status">,
): FormField[] {
  const both = waysOf(source).length > 1;
  const needed: readonly string[] = way === "consent" ? ["accessKey", "secretKey"] : both ? ["apiKey"] : [];
  const others: readonly string[] = way === "key" ? ["accessKey", "secretKey"] : ["apiKey"];
  const inputs = source.inputs.filter(({ input }) => !both || !others.includes(input));
  const own = [
    ...inputs.map((field) => {
      if (isOwnClient(source, field.input)) return toField(field.input, { ...field, required: false });
      // What one way is made of is needed for it; an address beside that stays as the source says.
      return toField(field.input, needed.includes(field.input) ? { ...field, required: true } : field);
    }),
    ...source.optionInputs.map((field) => toField(`options.${field.key}`, field)),
  ];
  if (changed === undefined) return [...own, account];
  return changed.status === "needs_reconnect" ? own : own.map(asKept);
}

function asKept(field: FormField): FormField {
  if (!field.secret && !neverAnswered.includes(field.name)) return field;
  return {
    ...field,
    required: false,
    placeholder: field.secret ? "••••••••" : field.placeholder,
    help: "Leave it empty to keep what is stored.",
  };
}

/** Whether a field is the application's id or secret, which this installation already has. */
function isOwnClient({ oauth }: Source, input: string): boolean {
  return oauth?.clientKnown === true && (input === "accessKey" || input === "secretKey");
}

/** What a form holds, by the name of the field. */
export function formValues(form: HTMLFormElement): Map<string, string> {
  const entries = [...new FormData(form).entries()];
  return new Map(entries.map(([name, value]) => [name, typeof value === "string" ? value : ""]));
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

/**
 * What is said below a field. Servers say of a field what it takes or is ("takes a number of days"), which reads on from
 * its name; that stands above, and whoever hears the message alone has to know whose it is.
 */
export function sentenceOf(label: string, message: string): string {
  const whole = /^(?:takes|is|was|has|needs|must)\s/.test(message)
    ? `“${label}” ${message}`
    : message.replace(/^it(?=\s)/, "It");
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/** Required fields that were left empty, each with what to do. */
export function missingFields(
  fields: readonly FormField[],
  values: ReadonlyMap<string, string>,
): Map<string, string> {
  const empty = fields.filter((field) => field.required && (values.get(field.name)?.trim() ?? "") === "");
  return new Map(empty.map((field) => [field.name, `Fill in “${field.label}”.`]));
}

/** A stored option as a person writes it, so that a form that is sent as it was opened changes nothing. */
function asWritten(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.map(asWritten).join(", ") : JSON.stringify(value);
}

/** What is known of an account that is changed, by field. Secrets are never known here. */
export function givenValues(account: Source["accounts"][number] | undefined): Map<string, string> {
  if (account === undefined) return new Map();
  const options = Object.entries(account.options).map(([key, value]): [string, string] => [
    `options.${key}`,
    asWritten(value),
  ]);
  return new Map([["baseUrl", account.baseUrl ?? ""], ...options]);
}
