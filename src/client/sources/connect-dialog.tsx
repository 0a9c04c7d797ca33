import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { Icon } from "@/client/ui/icons";
import { Markdown } from "@/client/ui/markdown";
import { isWebLink } from "@/client/ui/safe-link";
import type { Source } from "@/core/models/api";
import { formFields, type FormField } from "./connect-form";
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
function Fields({ source, errors }: { source: Source; errors: ReadonlyMap<string, string> }) {
  const all = formFields(source);
  const field = (one: FormField) => <TextField key={one.name} field={one} error={errors.get(one.name)} />;
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

/** Connects an account of a source: the form is made from the fields that the source names. */
export function ConnectDialog({
  source,
  close,
  done,
}: {
  source: Source;
  close: () => void;
  done: () => void;
}) {
  const { busy, errors, general, submit } = useConnect(source, done);
  return (
    <Dialog title={`Connect ${source.integration}`} close={close} busy={busy}>
      {source.description === undefined ? null : (
        <div className="text-muted">
          <Markdown text={source.description} />
        </div>
      )}
      <Links source={source} />
      <form noValidate className="space-y-4" onSubmit={submit}>
        {general === undefined ? null : (
          <p role="alert" dir="auto" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {general}
          </p>
        )}
        <Fields source={source} errors={errors} />
        <div className="flex flex-wrap justify-end gap-2 border-t border-line pt-4">
          <Button onClick={close} disabled={busy}>
            Not now
          </Button>
          <Button type="submit" look="primary" disabled={busy}>
            {busy ? "Checking…" : "Connect and sync"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
