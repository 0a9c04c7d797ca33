import { useRef, useState, type FormEvent } from "react";
import { asApiError, useApi, type ApiError } from "@/client/api";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";
import type { OAuthStarted } from "@/core/models/oauth";
import { fieldAtFault, formFields, missingFields, toCredential } from "./connect-form";

type Errors = ReadonlyMap<string, string>;

/** Errors of an answer by the field they belong to, and what is left to say about the form as a whole. */
function sortErrors(source: Source, error: ApiError): { errors: Errors; general: string | undefined } {
  const fields = formFields(source);
  const errors = new Map<string, string>();
  const rest: string[] = [];
  for (const { field, message } of error.details) {
    const name = fieldAtFault(fields, field);
    if (name === undefined) rest.push(message);
    else errors.set(name, message);
  }
  const general = errors.size > 0 && rest.length === 0 ? undefined : [error.message, ...rest].join(" ");
  return { errors, general };
}

function valuesOf(form: HTMLFormElement): Map<string, string> {
  const entries = [...new FormData(form).entries()];
  return new Map(entries.map(([name, value]) => [name, typeof value === "string" ? value : ""]));
}

/** Puts the cursor where the first error is, once it is shown. */
function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Sends the connect form and, when the account is stored or the source has agreed, starts its first sync. */
export function useConnect(source: Source, done: () => void) {
  const api = useApi();
  const { notify } = useNotices();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const [errors, setErrors] = useState<Errors>(new Map());
  const [general, setGeneral] = useState<string>();
  const [started, setStarted] = useState<OAuthStarted>();

  const save = async (form: HTMLFormElement) => {
    const values = valuesOf(form);
    const missing = missingFields(formFields(source), values);
    setErrors(missing);
    setGeneral(undefined);
    if (missing.size > 0) return focusFirstError(form);
    underWay.current = true;
    setBusy(true);
    let account: string;
    try {
      if (source.oauth !== null) {
        const { account: label, accessKey, secretKey, options } = toCredential(source, values);
        setStarted(
          await api.startOAuth(source.integration, { account: label, accessKey, secretKey, options }),
        );
        underWay.current = false;
        return setBusy(false);
      }
      account = (await api.connect(toCredential(source, values))).account;
    } catch (thrown) {
      const sorted = sortErrors(source, asApiError(thrown));
      setErrors(sorted.errors);
      setGeneral(sorted.general);
      underWay.current = false;
      setBusy(false);
      return focusFirstError(form);
    }
    await begin(account);
  };
  const begin = async (account: string) => {
    try {
      await api.sync(source.integration, "incremental", { account });
      notify(`${source.integration} is connected. Its first sync has started.`);
    } catch (thrown) {
      notify(
        `${source.integration} is connected, but its sync did not start: ${asApiError(thrown).message}`,
        "bad",
      );
    }
    done();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // State is a render behind; a double click is faster.
    if (!underWay.current) void save(event.currentTarget);
  };
  /** Back to the form, after a consent that did not come. */
  const again = () => setStarted(undefined);
  return { busy, errors, general, submit, started, again, begin };
}
