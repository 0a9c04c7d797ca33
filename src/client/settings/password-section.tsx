import { useId, useState, type FormEvent } from "react";
import { asApiError, useApi } from "@/client/api";
import { useSession } from "@/client/access/session";
import { useAction, type Action } from "@/client/data/use-action";
import { signals } from "@/client/signals";
import { Button } from "@/client/ui/button";
import { formText } from "@/client/ui/form-text";
import { useNotices } from "@/client/ui/notices";
import { Section } from "@/client/ui/section";
import { passwordLengths } from "@/core/models/access";

function Field({
  name,
  label,
  help,
  complete,
}: {
  name: string;
  label: string;
  help?: string;
  complete: string;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type="password"
        autoComplete={complete}
        maxLength={passwordLengths.longest}
        className="field"
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      />
      {help === undefined ? null : (
        <p id={`${id}-help`} className="mt-1 text-sm text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

/** What is typed into the form, checked and stored; `error` says why it was not. Other browsers' logins end with it. */
function usePassword(isSet: boolean, { act }: Action) {
  const api = useApi();
  const { notify } = useNotices();
  const [error, setError] = useState<string>();
  const save = async (form: HTMLFormElement) => {
    const value = (name: string) => formText(form, name);
    const next = value("next");
    if (next.length < passwordLengths.shortest) {
      return setError(`Take at least ${passwordLengths.shortest} characters; a sentence is fine.`);
    }
    if (next !== value("again")) return setError("The two are not the same.");
    setError(undefined);
    try {
      await api.setPassword(next, isSet ? value("old") : undefined);
      form.reset();
      notify("The password is set. Every other browser has to log in.");
      signals.session.raise();
    } catch (thrown) {
      setError(asApiError(thrown).message);
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    void act(() => save(form), { failed: "The password was not set." });
  };
  return { error, submit };
}

function PasswordForm({ isSet, action }: { isSet: boolean; action: Action }) {
  const { error, submit } = usePassword(isSet, action);
  return (
    <form
      noValidate
      className="grid max-w-xl gap-4 rounded-lg border border-line bg-surface p-4"
      onSubmit={submit}
    >
      <input type="text" name="username" autoComplete="username" value="owner" readOnly hidden />
      {isSet ? <Field name="old" label="Current password" complete="current-password" /> : null}
      <Field
        name="next"
        label="New password"
        complete="new-password"
        help={`At least ${passwordLengths.shortest} characters.`}
      />
      <Field name="again" label="New password again" complete="new-password" />
      <div>
        <div role="alert">
          {error === undefined ? null : <p className="mb-4 text-sm text-bad">{error}</p>}
        </div>
        <Button type="submit" look="primary" disabled={action.busy}>
          {isSet ? "Change the password" : "Set a password"}
        </Button>
      </div>
    </form>
  );
}

function LogoutEverywhere({ action: { busy, act } }: { action: Action }) {
  const api = useApi();
  const logout = async () => {
    const ended = await act(() => api.logoutEverywhere(), {
      done: "Every login has ended.",
      failed: "They go on.",
    });
    if (ended !== undefined) location.assign("/");
  };
  return (
    <Button disabled={busy} onClick={() => void logout()}>
      Log out everywhere
    </Button>
  );
}

/** Sets or changes the owner's password, and ends logins elsewhere. */
export function PasswordSection() {
  const isSet = useSession()?.passwordSet === true;
  const action = useAction();
  return (
    <Section
      title="Password"
      lead={
        isSet
          ? "Everybody who opens this page logs in with it."
          : "Without one, everybody on this machine may do everything."
      }
      actions={isSet ? <LogoutEverywhere action={action} /> : undefined}
    >
      <PasswordForm isSet={isSet} action={action} />
    </Section>
  );
}
