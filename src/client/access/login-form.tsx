import { useId, useState, type FormEvent } from "react";
import { asApiError, useApi } from "@/client/api";
import { Button } from "@/client/ui/button";
import { formText } from "@/client/ui/form-text";
import { Icon } from "@/client/ui/icons";

/** A login under way: what is sent, and why it was refused. `done` is called once it is let in. */
function useLogin(done: () => void) {
  const api = useApi();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const password = formText(form, "password");
    if (busy) return;
    if (password === "") return setError("Type the password.");
    setBusy(true);
    setError(undefined);
    try {
      await api.login(password);
      done();
    } catch (thrown) {
      setError(asApiError(thrown).message);
      form.querySelector("input")?.select();
    }
    setBusy(false);
  };
  return { busy, error, submit };
}

function PasswordField({ error }: { error: string | undefined }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        Password
      </label>
      <input
        id={id}
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={512}
        // There is nothing else to do here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="field"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
      />
      <div role="alert">
        {error === undefined ? null : (
          <p id={`${id}-error`} className="mt-1 flex gap-1.5 text-sm text-bad">
            <Icon name="alert" className="mt-0.5" />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

/** Asks for the owner's password and logs in with it. */
export function LoginForm({ done }: { done: () => void }) {
  const { busy, error, submit } = useLogin(done);
  return (
    <form noValidate className="space-y-4" onSubmit={(event) => void submit(event)}>
      {/* Password managers look for a name beside the password. */}
      <input type="text" name="username" autoComplete="username" value="owner" readOnly hidden />
      <PasswordField error={error} />
      <Button type="submit" look="primary" disabled={busy} className="w-full">
        {busy ? "Logging in…" : "Log in"}
      </Button>
    </form>
  );
}
