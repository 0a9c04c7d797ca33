import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "./button";
import { focusHeading } from "./focus-heading";

/** What has focus. An entry of a menu goes with the menu, and the button that opens it stands for it. */
function focusedOpener(): Element | null {
  const menu = document.activeElement?.closest('[role="menu"]');
  const button = document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
  return button ?? document.activeElement;
}

/**
 * A modal dialog of the browser's own: focus stays inside, Escape closes, and focus goes back to where it was, or to the
 * heading of the view when that is gone.
 * `busy` keeps it open while something is under way.
 */
export function Dialog({
  title,
  close,
  busy = false,
  children,
}: {
  title: string;
  close: () => void;
  busy?: boolean;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const opener = focusedOpener();
    ref.current?.showModal();
    // The first thing to fill in is a better start than the button that closes.
    ref.current?.querySelector<HTMLElement>("input:not([hidden], [type=radio])")?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else focusHeading();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={heading}
      className="w-[min(34rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-0 text-start shadow-card"
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) close();
      }}
    >
      <div className="flex items-center justify-between gap-3 border-b border-line px-5 py-3">
        <h2 id={heading}>{title}</h2>
        <Button
          look="quiet"
          icon="close"
          className="-me-2 px-2"
          aria-label="Close"
          disabled={busy}
          onClick={close}
        />
      </div>
      <div className="space-y-4 px-5 py-4">{children}</div>
    </dialog>
  );
}
