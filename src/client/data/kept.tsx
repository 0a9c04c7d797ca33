/** What this browser remembers of how somebody likes the page: a value by name, the same in every tab. */
import { createContext, use, useCallback, useMemo, useRef, useSyncExternalStore, type ReactNode } from "react";
import type { z } from "zod";
import { useNotices } from "@/client/ui/notices";
import { createKeptStore, type KeptStore } from "./kept-store";

const refusal =
  "This browser does not store what you choose here: its storage is full or switched off. It counts until you close or reload this page.";

const KeptContext = createContext<KeptStore | undefined>(undefined);

/** Remembers for all below. That something cannot be remembered is said once a visit. */
export function KeptProvider({ children }: { children: ReactNode }) {
  const { notify } = useNotices();
  const told = useRef(false);
  const store = useMemo(() => {
    const inBrowser = createKeptStore(() => localStorage);
    const keep: KeptStore["keep"] = (name, text) => {
      const stored = inBrowser.keep(name, text);
      if (!stored && !told.current) notify(refusal, "bad");
      told.current ||= !stored;
      return stored;
    };
    return { ...inBrowser, keep };
  }, [notify]);
  return <KeptContext value={store}>{children}</KeptContext>;
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

/** A remembered value, and what changes it and says whether it is stored or counts for this visit alone. */
export function useKept<T>(key: string, schema: z.ZodType<T>, usual: T): [T, (next: T) => boolean] {
  const store = use(KeptContext);
  if (store === undefined) throw new Error("useKept is called outside of KeptProvider.");
  const name = `stoneturner.${key}`;
  const text = useSyncExternalStore(store.subscribe, () => store.read(name));
  const value = useMemo(() => parseKept(schema, text, usual), [schema, text, usual]);
  const keep = useCallback((next: T) => store.keep(name, JSON.stringify(next)), [store, name]);
  return [value, keep];
}
