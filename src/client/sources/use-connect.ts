import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { asApiError, useApi, type ApiError } from "@/client/api";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";
import type { OAuthStarted } from "@/core/models/oauth";
import { fieldAtFault, missingFields, toCredential, type FormField, type Way } from "./connect-form";

type Errors = ReadonlyMap<string, string>;

/** Errors of an answer by the field they belong to, and what is left to say about the form as a whole. */
function sortErrors(
  fields: readonly FormField[],
  error: ApiError,
): { errors: Errors; general: string | undefined } {
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

/** Shows errors by `show`, and puts the cursor where the first one is. */
function showErrors(form: HTMLFormElement, show: () => void): void {
  // Drawn at once: until it is, no field is marked yet.
  flushSync(show);
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

export interface ConnectForm {
  source: Source;
  fields: readonly FormField[];
  /** The account that is changed; undefined for a new one. */
  changing: string | undefined;
  /** Called when everything is done. */
  done: () => void;
}

/** Sends the connect form and, when the account is stored or the source has agreed, starts its sync. */
export function useConnect({ source, fields, changing, done }: ConnectForm) {
  const api = useApi();
  const { notify } = useNotices();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const [errors, setErrors] = useState<Errors>(new Map());
  const [general, setGeneral] = useState<string>();
  const [started, setStarted] = useState<OAuthStarted>();
  const { integration } = source;

  const begin = async (account: string) => {
    const news = changing === undefined ? `${integration} is connected.` : `${integration} is changed.`;
    try {
      await api.sync(integration, "incremental", { account });
      notify(`${news} Its ${changing === undefined ? "first sync" : "sync"} has started.`);
    } catch (thrown) {
      notify(`${news} Its sync did not start: ${asApiError(thrown).message}`, "bad");
    }
    done();
  };
  const send = async (values: ReadonlyMap<string, string>, way: Way) => {
    const input = toCredential(source, values);
    if (changing !== undefined) input.account = changing;
    if (way === "consent") {
      const { account, accessKey, secretKey, options } = input;
      return setStarted(await api.startOAuth(integration, { account, accessKey, secretKey, options }));
    }
    const keep = changing === undefined ? {} : { keepSecrets: true };
    await begin((await api.connect({ ...input, ...keep })).account);
  };
  const save = async (form: HTMLFormElement, way: Way) => {
    const values = valuesOf(form);
    const missing = missingFields(fields, values);
    showErrors(form, () => {
      setErrors(missing);
      setGeneral(undefined);
    });
    if (missing.size > 0) return;
    underWay.current = true;
    setBusy(true);
    try {
      await send(values, way);
    } catch (thrown) {
      const sorted = sortErrors(fields, asApiError(thrown));
      showErrors(form, () => {
        setErrors(sorted.errors);
        setGeneral(sorted.general);
      });
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  /** Sends the form, one way or the other. State is a render behind; a double click is faster. */
  const submit = (form: HTMLFormElement, way: Way) => {
    if (!underWay.current) void save(form, way);
  };
  /** Back to the form, after a consent that did not come. */
  const again = () => setStarted(undefined);
  return { busy, errors, general, submit, started, again, begin };
}
