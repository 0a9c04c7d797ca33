import { useRef, useState } from "react";
import { useApi } from "@/client/api";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";
import type { ChoicesAnswer } from "@/core/models/choices";
import { type FormField, formValues, missingFields, toCredential } from "./connect-form";
import type { FormErrors } from "./use-form-errors";

/** The form whose fields ask what there is to choose. */
export interface LookingUp {
  source: Source;
  fields: readonly FormField[];
  /** The account that is changed; its stored secrets are used where the form has none. */
  changing: string | undefined;
  problems: FormErrors;
  /** Called when something was chosen rather than typed. */
  chosen: () => void;
}

interface FieldLookUp {
  busy: boolean;
  choices: ChoicesAnswer["choices"];
  more: boolean;
  /** What is to be said of the list below the field. */
  said: string | undefined;
  /** Asks the source with what the form holds; false when that was not possible, which is shown, or there is nothing. */
  ask: (form: HTMLFormElement, words: string) => Promise<boolean>;
}

function wordsFor({ choices, more }: ChoicesAnswer, words: string): string {
  const count = choices.length;
  if (count === 0)
    return words === "" ? "There is nothing to choose from." : `Nothing with “${words}” in it.`;
  if (more) return `The first ${count} are listed. Write a part of a name and look up again for others.`;
  return `${count} to choose from${words === "" ? "" : ` with “${words}” in the name`}: arrow keys and Enter.`;
}

const nothing: ChoicesAnswer = { choices: [], more: false };

/** What could be chosen for one field of a form. One question at a time. */
export function useLookUp(field: FormField, { source, fields, changing, problems }: LookingUp): FieldLookUp {
  const api = useApi();
  const { announce } = useNotices();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState(nothing);
  const [said, setSaid] = useState<string>();
  const ask = async (form: HTMLFormElement, words: string) => {
    if (underWay.current) return false;
    const values = formValues(form);
    const credentials = fields.filter(({ name }) => !name.startsWith("options."));
    if (problems.showMissing(form, missingFields(credentials, values))) return false;
    const { integration, ...input } = toCredential(source, values);
    const changed = changing === undefined ? {} : { account: changing, keepSecrets: true };
    underWay.current = true;
    setBusy(true);
    try {
      const option = field.name.replace(/^options\./, "");
      const found = await api.choices(integration, option, { ...input, ...changed, words });
      const news = wordsFor(found, words);
      setAnswer(found);
      setSaid(news);
      announce(news);
      return found.choices.length > 0;
    } catch (thrown) {
      problems.showThrown(form, thrown);
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { busy, ...answer, said, ask };
}
