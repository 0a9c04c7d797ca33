import { useRef, useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";
import type { OAuthStarted } from "@/core/models/oauth";
import { formValues, missingFields, toCredential, type FormField, type Way } from "./connect-form";
import { useFormErrors } from "./use-form-errors";

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
  const problems = useFormErrors(fields);
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
    const values = formValues(form);
    if (problems.showMissing(form, missingFields(fields, values))) return;
    underWay.current = true;
    setBusy(true);
    try {
      await send(values, way);
    } catch (thrown) {
      problems.showThrown(form, thrown);
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
  return { busy, problems, submit, started, again, begin };
}
