/** Going back leads to where somebody was: how far the view was scrolled, and the link that they had followed. */

interface Place {
  /** Pixels that the page and the long list in it were scrolled. */
  page: number;
  list: number;
  /** Address of the link that was followed, if one was. */
  link: string | null;
}

/** By the entry of the browser's history. */
const places = new Map<string, Place>();
const coming: { to?: Place | undefined } = {};

/** For so long a view that is loading is waited for, in milliseconds. */
const patience = 4_000;
/** Whoever does one of these has gone on by themselves. */
const ownMoves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

const longList = () => document.querySelector(".virtual-box");

function keyOf(state: unknown): string {
  const key: unknown = typeof state === "object" && state !== null ? Reflect.get(state, "key") : undefined;
  return typeof key === "string" ? key : "";
}

/** Notes where somebody is before they go on, and gives the state of the entry they go to. */
export function leave(): { key: string } {
  const { activeElement } = document;
  places.set(keyOf(history.state), {
    page: scrollY,
    list: longList()?.scrollTop ?? 0,
    link: activeElement instanceof HTMLAnchorElement ? activeElement.getAttribute("href") : null,
  });
  coming.to = undefined;
  return { key: Math.random().toString(36).slice(2) };
}

/** Listens for ways back. Before anything else does, since the view is drawn at once. */
export function watchWaysBack(): void {
  addEventListener("popstate", () => {
    coming.to = places.get(keyOf(history.state));
  });
}

/** Whether the place is reached: as far down, and with the link drawn and in focus. */
function goTo({ page, list, link }: Place): boolean {
  const box = longList();
  if (list > 0 && box !== null) box.scrollTop = list;
  // What is short as yet is left where it is: it would be in the way of whoever begins to read.
  if (document.documentElement.scrollHeight - innerHeight >= page - 1) scrollTo(0, page);
  const isThere = Math.abs(scrollY - page) < 2 && Math.abs((box?.scrollTop ?? 0) - list) < 2;
  if (!isThere || link === null) return isThere;
  const drawn = document.querySelector<HTMLElement>(`main a[href="${CSS.escape(link)}"]`);
  drawn?.focus({ preventScroll: true });
  return drawn !== null;
}

/**
 * Goes to where somebody was in the view that is drawn, when they came back to it; it may have to load first, and they
 * may go on meanwhile. False when they did not come back.
 */
export function comeBack(): boolean {
  const place = coming.to;
  coming.to = undefined;
  if (place === undefined) return false;
  const began = performance.now();
  const gone = new AbortController();
  for (const move of ownMoves) addEventListener(move, () => gone.abort(), { signal: gone.signal });
  const step = () => {
    if (gone.signal.aborted) return;
    if (goTo(place) || performance.now() - began > patience) gone.abort();
    else requestAnimationFrame(step);
  };
  step();
  return true;
}
