/** What this browser remembers of how somebody likes the page: a value by name, the same in every tab. */
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { z } from "zod";

const changed = "stoneturner:kept";

function readText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The value of a remembered text; the usual one for nothing, and for what an older page or a person has put there. */
export function parseKept<T>(schema: z.ZodType<T>, text: string | null, usual: T): T {
  if (text === null) return usual;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? usual;
  } catch {
    return usual;
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener("storage", listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener("storage", listener);
    removeEventListener(changed, listener);
  };
}

/** A remembered value and what changes it. Where nothing can be stored, it stays as usual. */
export function useKept<T>(key: string, schema: z.ZodType<T>, usual: T): [T, (next: T) => void] {
  const name = `stoneturner.${key}`;
  const text = useSyncExternalStore(subscribe, () => readText(name));
  const value = useMemo(() => parseKept(schema, text, usual), [schema, text, usual]);
  const keep = useCallback(
    (next: T) => {
      try {
        localStorage.setItem(name, JSON.stringify(next));
      } catch {
        // Full or forbidden: what was chosen counts for nothing, and nothing else breaks.
      }
      dispatchEvent(new Event(changed));
    },
    [name],
  );
  return [value, keep];
}
