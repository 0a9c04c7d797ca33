import type { CredentialInput } from "@/core/models/credential";
import { InputError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import { formIssues, inWords } from "./fields";
import { optionIssues } from "./options";

/**
 * Checks a cleaned credential against the integration's form and what its settings take.
 *
 * @param ignored keys of settings that are not looked at
 * @throws InputError naming every field at fault, by the label that the person saw, and what it takes.
 */
export function checkInput(
  { config, options }: Pick<Integration, "config" | "options">,
  input: CredentialInput,
  ignored: readonly string[] = [],
): void {
  const ofForm = formIssues(config, input);
  const told = new Set(ofForm.map(({ field }) => field));
  const ofOptions = options === undefined ? [] : optionIssues(options, input.options);
  const all = [...ofForm, ...ofOptions.filter(({ field }) => !told.has(field))];
  const issues = all.filter(({ field }) => !ignored.some((key) => field === `options.${key}`));
  if (issues.length === 0) return;
  const said = inWords(config, issues);
  throw new InputError(`${config.integration} cannot be connected like this: ${said}.`, issues);
}
