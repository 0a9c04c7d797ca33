/** Single-key shortcuts: off while somebody types, and off altogether when switched off. */
import { useEffect } from "react";
import { navigate } from "@/client/router";
import { signals } from "@/client/signals";
import { places } from "./places";

const storageKey = "stoneturner.shortcuts";

/** Whether single keys do something; the palette's own key always does. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true;
  }
}

/** Switches single keys on or off, in this browser. */
export function switchShortcuts(on: boolean): void {
  try {
    if (on) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, "off");
  } catch {
    // Without storage they stay on.
  }
}

/** Whether keys belong to what has focus: a field, a choice, a menu, or anything in a dialog. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.closest("input, textarea, select, dialog, [role=menu], [contenteditable]") !== null;
}

/** What a key means, given the one before it. `find`: whoever is there already gets its field, and nothing else changes. */
export function meaningOf(
  key: string,
  before: string,
): { go: string; find?: true } | "shortcuts" | "prefix" | undefined {
  if (before === "g") {
    const place = places.find((one) => one.key === key);
    return place === undefined ? undefined : { go: place.href };
  }
  if (key === "?") return "shortcuts";
  if (key === "/") return { go: "/search", find: true };
  if (key === "c") return { go: "/sources?add=1", find: true };
  return key === "g" ? "prefix" : undefined;
}

/** How long after `g` a second key counts, in milliseconds. */
const patience = 1500;

/** Listens for the page's shortcuts as long as it is shown. */
export function useShortcuts(): void {
  useEffect(() => {
    let before = { key: "", at: 0 };
    const press = (event: KeyboardEvent) => {
      const { key, target, altKey } = event;
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "k") {
        event.preventDefault();
        return signals.palette.raise();
      }
      if (event.ctrlKey || event.metaKey || altKey || isTyping(target) || !shortcutsOn()) return;
      const meaning = meaningOf(key, event.timeStamp - before.at < patience ? before.key : "");
      before = { key: meaning === "prefix" ? "g" : "", at: event.timeStamp };
      if (meaning === undefined || meaning === "prefix") return;
      event.preventDefault();
      if (meaning === "shortcuts") signals.shortcuts.raise();
      else if (meaning.find && location.pathname === new URL(meaning.go, location.href).pathname)
        signals.find.raise();
      else navigate(meaning.go);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
