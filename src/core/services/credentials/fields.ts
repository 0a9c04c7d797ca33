/** What a credential may hold, by the integration's config: cleaning, checking, and telling secret from public. */
import { closest } from "@/lib/closest";
import type { JsonValue } from "@/core/models/artifact";
import type { CredentialInput } from "@/core/models/credential";
import type { InputIssue } from "@/core/models/errors";
import type { FieldHints, IntegrationConfig } from "@/core/models/integration-config";

export const secretInputs = ["accessKey", "secretKey", "apiKey"] as const;
const inputNames = [...secretInputs, "baseUrl"] as const;

/** Strings trimmed, empty fields left out. */
export function cleanInput(input: CredentialInput): CredentialInput {
  const options = Object.entries(input.options ?? {}).flatMap(([key, value]) => {
    const trimmed = trim(value);
    return trimmed === "" || trimmed === null ? [] : [[key, trimmed] as const];
  });
  const clean: CredentialInput = { integration: input.integration, options: Object.fromEntries(options) };
  for (const name of ["account", ...inputNames] as const) {
    const value = input[name]?.trim();
    if (value !== undefined && value !== "") clean[name] = value;
  }
  return clean;
}

function trim(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.trim();
  return Array.isArray(value) ? value.map(trim).filter((entry) => entry !== "") : value;
}

/** What is wrong with a cleaned credential by the integration's form; nothing where it fits. */
export function formIssues(config: IntegrationConfig, input: CredentialInput): InputIssue[] {
  return [
    ...unknownFields(config, input),
    ...missingFields(config, input),
    ...accountIssues(input.account),
    ...baseUrlIssues(input.baseUrl),
  ];
}

/** Issues on one line, each with its field as the person saw it: `“Calls since” takes a day such as 2025-01-31`. */
export function inWords(config: IntegrationConfig, issues: readonly InputIssue[]): string {
  const labels = new Map(formFields(config).map(({ field, hints }) => [field, `“${hints.label}”`]));
  return issues.map(({ field, message }) => `${labels.get(field) ?? field} ${message}`).join("; ");
}

/** The fields of the form by the name they have in a request: `apiKey`, `options.path`. */
export function formFields(config: IntegrationConfig): { field: string; hints: FieldHints }[] {
  return [
    ...(config.inputs ?? []).map((hints) => ({ field: hints.input, hints })),
    ...(config.optionInputs ?? []).map((hints) => ({ field: `options.${hints.key}`, hints })),
  ];
}

/** Of an account's stored settings those that no form asks for: its provider gave them, and they stay. */
export function beyondTheForm(
  config: IntegrationConfig,
  stored: Readonly<Record<string, JsonValue>>,
): Record<string, JsonValue> {
  const asked = new Set((config.optionInputs ?? []).map(({ key }) => key));
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !asked.has(key)));
}

/** Keys of options that are kept encrypted and never answered. */
export function secretOptionKeys(config: IntegrationConfig): ReadonlySet<string> {
  return new Set(
    (config.optionInputs ?? []).filter((field) => field.secret === true).map((field) => field.key),
  );
}

function givenFields(input: CredentialInput): string[] {
  const options = Object.keys(input.options ?? {}).map((key) => `options.${key}`);
  return [...inputNames.filter((name) => input[name] !== undefined), ...options];
}

function unknownFields(config: IntegrationConfig, input: CredentialInput): InputIssue[] {
  const known = formFields(config).map(({ field }) => field);
  const names = known.join(", ") || "no settings";
  return givenFields(input)
    .filter((field) => !known.includes(field))
    .map((field) => {
      const near = closest(field, known);
      const hint = near.length > 0 ? ` (did you mean ${near.join(" or ")}?)` : "";
      return { field, message: `is not known here; ${config.integration} takes ${names}${hint}` };
    });
}

function missingFields(config: IntegrationConfig, input: CredentialInput): InputIssue[] {
  const fields = formFields(config);
  const given = new Set(givenFields(input));
  const required = fields.filter(({ hints }) => hints.required === true);
  // Where a form marks nothing, something of it is still needed: an empty credential connects nobody.
  const marksNothing = fields.every(({ hints }) => hints.required === undefined);
  const wanted = marksNothing && given.size === 0 ? fields : required;
  return wanted
    .filter(({ field }) => !given.has(field))
    .map(({ field, hints }) => {
      const example = hints.placeholder === undefined ? "" : `, such as ${hints.placeholder}`;
      return { field, message: `is needed${example}` };
    });
}

function accountIssues(account: string | undefined): InputIssue[] {
  if (account === undefined || !/\p{Cc}/u.test(account)) return [];
  return [{ field: "account", message: "takes a label without control characters" }];
}

function baseUrlIssues(baseUrl: string | undefined): InputIssue[] {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return [];
  const url = new URL(baseUrl);
  if (url.username === "" && url.password === "") return [];
  return [{ field: "baseUrl", message: "takes a URL without a user name or password in it" }];
}
