import { useCallback, useEffect, useState } from "react";
import { signals } from "@/client/signals";
import { PaletteDialog } from "./palette-dialog";
import { useShortcuts } from "./shortcuts";
import { ShortcutsDialog } from "./shortcuts-dialog";

/** What opens over every view by a key: the palette and the list of shortcuts. */
export function Overlays() {
  useShortcuts();
  const [open, setOpen] = useState<"palette" | "shortcuts">();
  const close = useCallback(() => setOpen(undefined), []);
  useEffect(() => {
    const ends = [
      signals.palette.listen(() => setOpen("palette")),
      signals.shortcuts.listen(() => setOpen("shortcuts")),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  if (open === "shortcuts") return <ShortcutsDialog close={close} />;
  return open === "palette" ? <PaletteDialog close={close} /> : null;
}
