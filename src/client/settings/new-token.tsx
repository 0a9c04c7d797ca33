import { useId, useState, type FormEvent } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { Button } from "@/client/ui/button";
import { CodeBlock } from "@/client/ui/code-block";
import { formText } from "@/client/ui/form-text";
import { scopes, type Scope } from "@/core/models/access";

const scopeWords: Record<Scope, string> = {
  read: "Search and read",
  sync: "and start syncs",
  admin: "Everything",
};

const day = 86_400_000;
const ends = [
  { text: "in 30 days", days: 30 },
  { text: "in 90 days", days: 90 },
  { text: "in a year", days: 365 },
  { text: "never", days: 0 },
] as const;

/** Makes a token and shows it, this once. */
export function NewToken({ made }: { made: () => void }) {
  const api = useApi();
  const id = useId();
  const { busy, act } = useAction();
  const [token, setToken] = useState<string>();
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const value = (name: string) => formText(form, name);
    const name = value("name").trim();
    if (name === "") return setError("Say what it is for.");
    setError(undefined);
    const days = Number(value("days"));
    const fresh = await act(
      () =>
        api.createToken({
          name,
          scope: scopes.find((one) => one === value("scope")) ?? "read",
          ...(days === 0 ? {} : { expiresAt: new Date(Date.now() + days * day).toISOString() }),
        }),
      { done: "The token is made. Copy it now.", failed: "No token was made." },
    );
    if (fresh === undefined) return;
    form.reset();
    setToken(fresh.token);
    made();
  };
  return (
    <div className="space-y-4 rounded-lg border border-line bg-surface p-4">
      <form noValidate className="flex flex-wrap items-end gap-3" onSubmit={(event) => void submit(event)}>
        <div className="min-w-48 flex-1">
          <label htmlFor={id} className="mb-1 block text-sm font-semibold">
            What it is for
          </label>
          <input
            id={id}
            name="name"
            maxLength={100}
            autoComplete="off"
            className="field"
            placeholder="Ann’s agent"
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : `${id}-error`}
          />
        </div>
        <div>
          <label htmlFor={`${id}-scope`} className="mb-1 block text-sm font-semibold">
            May
          </label>
          <select id={`${id}-scope`} name="scope" className="field">
            {scopes.map((scope) => (
              <option key={scope} value={scope}>
                {scope}: {scopeWords[scope]}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor={`${id}-days`} className="mb-1 block text-sm font-semibold">
            Ends
          </label>
          <select id={`${id}-days`} name="days" className="field" defaultValue="90">
            {ends.map(({ text, days }) => (
              <option key={days} value={days}>
                {text}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" look="primary" icon="key" disabled={busy}>
          Make a token
        </Button>
        {error === undefined ? null : (
          <p id={`${id}-error`} role="alert" className="w-full text-sm text-bad">
            {error}
          </p>
        )}
      </form>
      {token === undefined ? null : (
        <div className="space-y-2">
          <p className="font-semibold">Copy it now: it is shown this once.</p>
          <CodeBlock text={token} what="the token" />
        </div>
      )}
    </div>
  );
}
