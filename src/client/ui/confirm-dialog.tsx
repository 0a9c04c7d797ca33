import { useId, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

/**
 * The second step before something is taken away. `typed` has to be typed first, where nothing brings it back at once.
 */
export function ConfirmDialog({
  title,
  children,
  action,
  typed,
  busy,
  close,
  confirm,
}: {
  title: string;
  children: ReactNode;
  /** What the button does, e.g. "Remove synced data". */
  action: string;
  typed?: string;
  busy: boolean;
  close: () => void;
  confirm: () => void;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const ready = typed === undefined || text.trim().toLowerCase() === typed.toLowerCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) confirm();
  };
  return (
    <Dialog title={title} close={close} busy={busy}>
      <form className="space-y-4" onSubmit={submit}>
        <div className="space-y-2">{children}</div>
        {typed === undefined ? null : (
          <div>
            <label htmlFor={id} className="mb-1 block text-sm font-semibold">
              Type <span dir="auto">{typed}</span> to go on
            </label>
            <input
              id={id}
              className="field"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={close} disabled={busy}>
            Keep it
          </Button>
          <Button type="submit" look="danger" disabled={busy || !ready}>
            {busy ? "One moment…" : action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
