/** Texts that this browser remembers by name. What it will not store is held for as long as the page is open. */

export interface KeptStore {
  read: (name: string) => string | null;
  /** False when it could not be stored, and counts for this visit alone. */
  keep: (name: string, text: string) => boolean;
  /** Hears of every change, in this tab or another; returns what ends the listening. */
  subscribe: (listener: () => void) => () => void;
}

const changed = "changed";

/** @param storage where texts are remembered; asked for each time, since a browser may forbid the asking itself */
export function createKeptStore(storage: () => Pick<Storage, "getItem" | "setItem">): KeptStore {
  const held = new Map<string, string>();
  const changes = new EventTarget();
  const remembered = (name: string) => {
    try {
      return storage().getItem(name);
    } catch {
      // Forbidden altogether, which is as good as nothing remembered.
      return null;
    }
  };
  return {
    read: (name) => held.get(name) ?? remembered(name),
    keep: (name, text) => {
      let stored = true;
      try {
        storage().setItem(name, text);
        held.delete(name);
      } catch {
        // Full or forbidden: whoever called says so.
        stored = false;
        held.set(name, text);
      }
      changes.dispatchEvent(new Event(changed));
      return stored;
    },
    subscribe: (listener) => {
      addEventListener("storage", listener);
      changes.addEventListener(changed, listener);
      return () => {
        removeEventListener("storage", listener);
        changes.removeEventListener(changed, listener);
      };
    },
  };
}
