import { useEffect } from "react";
import { ThemeChoice } from "@/client/shell/theme-choice";
import { LoginForm } from "./login-form";

/** What a stranger sees in the place of everything else. */
export function LoginPage({ passwordSet, done }: { passwordSet: boolean; done: () => void }) {
  useEffect(() => {
    document.title = "Log in · Stoneturner";
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 px-4 py-10">
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-card">
        <img src="/assets/stoneturner.svg" alt="" width="32" height="32" className="mb-3 size-8" />
        <h1>Log in to Stoneturner</h1>
        {passwordSet ? (
          <>
            <p className="mt-1 mb-5 text-muted">This server is for its owner, and for agents with a token.</p>
            <LoginForm done={done} />
            <p className="mt-4 text-sm text-muted">
              Forgotten? Set a new one on the machine itself: <code>stoneturner password set</code>
            </p>
          </>
        ) : (
          <p className="mt-2 text-muted">
            There is no password yet. Set one on the machine itself, then load this page again:{" "}
            <code>stoneturner password set</code>
          </p>
        )}
      </div>
      <ThemeChoice />
    </main>
  );
}
