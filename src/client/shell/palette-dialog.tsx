/** The palette's dialog, with a field for what is typed while the palette itself is still being fetched. */
import { lazy, Suspense, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { pageCode } from "@/client/data/page-code";
import { Boundary } from "@/client/ui/boundary";

const Palette = lazy(async () => ({ default: (await pageCode(import("@/client/palette/palette"))).Palette }));

/** Opens the dialog with the cursor in its field before the next key comes; when it goes, focus is where it was. */
function useOpened(dialog: RefObject<HTMLDialogElement | null>) {
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector("input")?.focus();
    return () => {
      // While it is open, nothing behind it takes focus.
      shown?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [dialog]);
}

/** `close` is called before what was chosen is done. */
export function PaletteDialog({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  useOpened(dialog);
  const field = {
    value: typed,
    maxLength: 500,
    className: "palette-input",
    placeholder: "Go to, sync, connect, search…",
  };
  const waiting = (
    <input {...field} aria-label="Go to or do something" onChange={(event) => setTyped(event.target.value)} />
  );
  return (
    <dialog
      ref={dialog}
      aria-label="Go to or do something"
      className="palette"
      onCancel={close}
      onClose={close}
    >
      <Boundary>
        <Suspense fallback={waiting}>
          <Palette field={field} setTyped={setTyped} close={close} />
        </Suspense>
      </Boundary>
    </dialog>
  );
}
