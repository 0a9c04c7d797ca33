import { useState } from "react";
import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { Icon } from "@/client/ui/icons";
import { Markdown } from "@/client/ui/markdown";
import { isWebLink } from "@/client/ui/safe-link";
import type { Source } from "@/core/models/api";
import { ConsentSteps, RedirectNote } from "./consent-steps";
import { formFields, givenValues, type FormField } from "./connect-form";
import { TextField } from "./form-field";
import { useConnect } from "./use-connect";

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

/** Required fields first; when there are many others, they are folded away until one of them has an error. */
function Fields({
  source,
  errors,
  given,
}: {
  source: Source;
  errors: ReadonlyMap<string, string>;
  given: ReadonlyMap<string, string>;
}) {
  const all = formFields(source);
  const field = (one: FormField) => (
    <TextField key={one.name} field={one} error={errors.get(one.name)} given={given.get(one.name)} />
  );
  const optional = all.filter((one) => !one.required);
  if (optional.length <= 2 || optional.length === all.length) return all.map(field);
  return (
    <>
      {all.filter((one) => one.required).map(field)}
      <details open={optional.some((one) => errors.has(one.name)) ? true : undefined}>
        <summary className="inline-flex min-h-6 items-center gap-1 text-sm font-semibold">
          <Icon name="chevron" className="turn size-3" />
          More settings
        </summary>
        <div className="mt-3 space-y-4">{optional.map(field)}</div>
      </details>
    </>
  );
}

/** Says that closing would lose what was typed. */
function Leaving({ stay, leave }: { stay: () => void; leave: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-2 rounded-md bg-warn-soft px-3 py-2"
    >
      <p className="text-warn">What you typed is not saved.</p>
      <div className="flex gap-2">
        <Button onClick={stay}>Go on</Button>
        <Button look="danger" onClick={leave}>
          Discard it
        </Button>
      </div>
    </div>
  );
}

/** Connects an account of a source, or changes one: the form is made from the fields that the source names. */
export function ConnectDialog({
  source,
  account,
  close,
  done,
}: {
  source: Source;
  /** The account to change; undefined for a new one. */
  account: string | undefined;
  close: () => void;
  done: () => void;
}) {
  const { busy, errors, general, submit, started, again, begin } = useConnect(source, done);
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const changed = source.accounts.find((one) => one.account === account);
  const leave = () => (dirty && !leaving ? setLeaving(true) : close());
  return (
    <Dialog
      title={
        changed === undefined ? `Connect ${source.integration}` : `Change an account of ${source.integration}`
      }
      close={leave}
      busy={busy}
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
        {source.description === undefined ? null : (
          <div className="text-muted">
            <Markdown text={source.description} />
          </div>
        )}
        <Links source={source} />
        <RedirectNote source={source} />
        <form noValidate className="space-y-4" onSubmit={submit} onInput={() => setDirty(true)}>
          {general === undefined ? null : (
            <p role="alert" dir="auto" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              {general}
            </p>
          )}
          <Fields source={source} errors={errors} given={givenValues(changed)} />
          {leaving ? <Leaving stay={() => setLeaving(false)} leave={close} /> : null}
          <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
            <Button onClick={leave} disabled={busy}>
              Not now
            </Button>
            <Button type="submit" look="primary" disabled={busy}>
              {busy
                ? "Checking…"
                : source.oauth === null
                  ? "Connect and sync"
                  : `Continue to ${source.integration}`}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}
