import { useId, useState, type FormEvent, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks for a word to be typed, so that a press by habit is not enough. */
function TypedWord({ word, text, type }: { word: string; text: string; type: (text: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        Type <span dir="auto">{word}</span> to go on
      </label>
      <input
        id={id}
        className="field"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}

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
        {typed === undefined ? null : <TypedWord word={typed} text={text} type={setText} />}
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
