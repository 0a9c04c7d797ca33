import { useState } from "react";
import { shortcutsOn, switchShortcuts } from "./shortcuts";

/** The switch for shortcuts of a single key, in this browser. */
export function ShortcutSwitch() {
  const [on, setOn] = useState(shortcutsOn);
  return (
    <label className="inline-flex items-center gap-2">
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
  );
}
