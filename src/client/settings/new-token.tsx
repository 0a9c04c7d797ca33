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

const scopeChoices = scopes.map((scope) => ({ value: scope, text: `${scope}: ${scopeWords[scope]}` }));

const day = 86_400_000;
/** In how many days a token ends; 0: never. */
const endChoices = [
  { text: "in 30 days", value: "30" },
  { text: "in 90 days", value: "90" },
  { text: "in a year", value: "365" },
  { text: "never", value: "0" },
] as const;

/** Makes a token of what the form holds; `token` is its text, and `error` what the form lacks. */
function useNewToken(made: () => void) {
  const api = useApi();
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
  return { busy, token, error, submit };
}

/** One choice of the form under its label; `options` are its texts by value. */
function TokenChoice({
  name,
  label,
  options,
  usual,
}: {
  name: string;
  label: string;
  options: readonly { value: string; text: string }[];
  usual?: string;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select id={id} name={name} className="field" defaultValue={usual}>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function NameField({ id, error }: { id: string; error: string | undefined }) {
  return (
    <div className="min-w-[min(12rem,100%)] flex-1">
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
  );
}

/** Makes a token and shows it, this once. */
export function NewToken({ made }: { made: () => void }) {
  const id = useId();
  const { busy, token, error, submit } = useNewToken(made);
  return (
    <div className="space-y-4 rounded-lg border border-line bg-surface p-4">
      <form noValidate className="flex flex-wrap items-end gap-3" onSubmit={(event) => void submit(event)}>
        <NameField id={id} error={error} />
        <TokenChoice name="scope" label="May" options={scopeChoices} />
        <TokenChoice name="days" label="Ends" options={endChoices} usual="90" />
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
