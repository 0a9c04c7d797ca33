import { useState } from "react";
import { Dialog } from "@/client/ui/dialog";
import { places } from "./places";
import { shortcutsOn, switchShortcuts } from "./shortcuts";

const others: readonly (readonly [readonly string[], string])[] = [
  [["Ctrl", "K"], "Go to or do something"],
  [["/"], "Search"],
  [["c"], "Connect a source"],
  [["j", "k"], "Next and last row of a list"],
  [["?"], "This list"],
  [["Esc"], "Close what is open"],
];

/** The list of shortcuts, and the switch for the single-key ones. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const [on, setOn] = useState(shortcutsOn);
  const all = [...others, ...places.map((place) => [["g", place.key], place.text] as const)];
  return (
    <Dialog title="Keyboard shortcuts" close={close}>
      <dl className="grid gap-x-8 gap-y-1.5 sm:grid-cols-2">
        {all.map(([keys, text]) => (
          <div key={text} className="flex items-center justify-between gap-3">
            <dt>{text}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="flex items-center gap-2 border-t border-line pt-3 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={on}
          onChange={(event) => {
            switchShortcuts(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        Single keys do something when no field has focus
      </label>
    </Dialog>
  );
}
