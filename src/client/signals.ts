/** Things that happen to the page as a whole, which far-apart parts of it have to hear of. */

/** Something that can be raised and listened for, within this page. */
export interface Signal {
  raise: () => void;
  /** Returns what ends the listening. */
  listen: (listener: () => void) => () => void;
}

function createSignal(name: string): Signal {
  const target = new EventTarget();
  return {
    raise: () => void target.dispatchEvent(new Event(name)),
    listen: (listener) => {
      target.addEventListener(name, listener);
      return () => target.removeEventListener(name, listener);
    },
  };
}

export const signals = {
  /** The server asks who this is. */
  loginNeeded: createSignal("loginNeeded"),
  /** Who this is to the server may have changed. */
  session: createSignal("session"),
  /** What is shown may be old: load it again. */
  refresh: createSignal("refresh"),
  /** Open the palette, the list of shortcuts. */
  palette: createSignal("palette"),
  /** Somebody wants to type into the field that the view they are on is searched with. */
  find: createSignal("find"),
  shortcuts: createSignal("shortcuts"),
} as const;
