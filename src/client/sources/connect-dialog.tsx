import { useState, type FormEvent, type ReactNode } from "react";
import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { Markdown } from "@/client/ui/markdown";
import { isWebLink } from "@/client/ui/safe-link";
import type { Source } from "@/core/models/api";
import { ConsentSteps, RedirectNote } from "./consent-steps";
import { formFields, givenValues, waysOf, type Way } from "./connect-form";
import { FormFields } from "./form-fields";
import { Leaving } from "./leaving";
import { useConnect } from "./use-connect";
import { WayChoice } from "./way-choice";

function Links({ source }: { source: Source }) {
  const links = [
    { href: source.docs, text: "Documentation" },
    { href: source.installUrl, text: "Install the app" },
    { href: source.oauthAuthorizationUrl, text: `Sign in at ${source.integration}` },
  ];
  const shown = links.filter((link): link is { href: string; text: string } => isWebLink(link.href));
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {shown.map((link) => (
        <li key={link.text}>
          <a className="text-link" href={link.href} target="_blank" rel="noopener noreferrer">
            {link.text}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What the source says of itself, or which account is changed. */
function About({ source, changed }: { source: Source; changed: string | undefined }) {
  return (
    <>
      {changed === undefined ? null : (
        <p dir="auto" className="line-clamp-3 font-mono text-[0.8125rem]">
          {changed}
        </p>
      )}
      {source.description === undefined || changed !== undefined ? null : (
        <div className="text-muted">
          <Markdown text={source.description} />
        </div>
      )}
      <Links source={source} />
    </>
  );
}

function submitWords(source: Source, way: Way, changing: boolean): string {
  if (way === "consent") return `Continue to ${source.integration}`;
  return changing ? "Save and sync" : "Connect and sync";
}

interface Props {
  source: Source;
  /** The account to change; undefined for a new one. */
  account: string | undefined;
  close: () => void;
  done: () => void;
}

/** Connects an account of a source, or changes one: the form is made from the fields that the source names. */
export function ConnectDialog({ source, account, close, done }: Props) {
  const name = source.integration;
  const changed = source.accounts.find((one) => one.account === account);
  const ways = waysOf(source);
  const [way, setWay] = useState<Way>(ways[0] ?? "key");
  const fields = formFields(source, way, changed);
  const form = useConnect({ source, fields, changing: changed?.account, done });
  const { started, again, begin, problems } = form;
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const typed = () => setDirty(true);
  // Before somebody has agreed, there is nobody to ask for.
  const canAsk = way === "key" || changed?.status === "connected";
  const leave = () => (dirty && !leaving ? setLeaving(true) : close());
  return (
    <Dialog
      title={changed === undefined ? `Connect ${name}` : `Change an account of ${name}`}
      close={leave}
      busy={form.busy}
    >
      {started === undefined ? null : (
        <ConsentSteps
          source={source}
          started={started}
          again={again}
          connected={(label) => void begin(label)}
        />
      )}
      <div hidden={started !== undefined} className="space-y-4">
        <About source={source} changed={changed?.account} />
        {ways.length > 1 && changed === undefined ? (
          <WayChoice name={name} way={way} choose={setWay} />
        ) : null}
        {way === "consent" ? <RedirectNote source={source} /> : null}
        <ConnectForm form={form} source={source} way={way} changed={changed} leave={leave} typed={typed}>
          <FormFields
            key={way}
            fields={fields}
            errors={problems.errors}
            given={givenValues(changed)}
            lookingUp={
              canAsk ? { source, fields, changing: changed?.account, problems, chosen: typed } : undefined
            }
          />
          {leaving ? <Leaving stay={() => setLeaving(false)} leave={close} /> : null}
        </ConnectForm>
      </div>
    </Dialog>
  );
}

/** Asks for consent once more with what the form holds. */
function SignInAgain({ busy, submit }: Pick<ReturnType<typeof useConnect>, "busy" | "submit">) {
  return (
    <Button
      disabled={busy}
      onClick={({ currentTarget }) => {
        if (currentTarget.form !== null) submit(currentTarget.form, "consent");
      }}
    >
      Sign in again
    </Button>
  );
}

/** The form with its buttons. What is stored of an account is changed in place; consent has a button of its own. */
function ConnectForm({
  form: { busy, problems, submit },
  source,
  way,
  changed,
  leave,
  typed,
  children,
}: {
  form: ReturnType<typeof useConnect>;
  source: Source;
  way: Way;
  changed: Source["accounts"][number] | undefined;
  leave: () => void;
  typed: () => void;
  children: ReactNode;
}) {
  const how = changed?.status === "connected" ? "key" : way;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(event.currentTarget, how);
  };
  return (
    <form noValidate className="space-y-4" onSubmit={send} onInput={typed}>
      {problems.general === undefined ? null : (
        <p role="alert" dir="auto" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {problems.general}
        </p>
      )}
      {children}
      <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
        <Button onClick={leave} disabled={busy}>
          Not now
        </Button>
        {changed === undefined || source.oauth === null || how === "consent" ? null : (
          <SignInAgain busy={busy} submit={submit} />
        )}
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? "Checking…" : submitWords(source, how, changed !== undefined)}
        </Button>
      </div>
    </form>
  );
}
