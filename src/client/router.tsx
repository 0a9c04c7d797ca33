/** Client routes with real URLs: parse a path, go somewhere, and a link that does both jobs. */
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";

export type Route =
  | { view: "sources" }
  | { view: "search" }
  | { view: "artifact"; id: string }
  | { view: "runs" }
  | { view: "missing" };

/** Which view a path names. */
export function routeOf(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, "") : path;
  if (clean === "/") return { view: "sources" };
  if (clean === "/search") return { view: "search" };
  if (clean === "/runs") return { view: "runs" };
  const artifact = /^\/artifact\/([^/]+)$/.exec(clean)?.[1];
  if (artifact === undefined) return { view: "missing" };
  try {
    return { view: "artifact", id: decodeURIComponent(artifact) };
  } catch {
    return { view: "missing" };
  }
}

/** Path of an artifact's page, with the lines that a search found when known. */
export function artifactPath(id: string, lines?: { start: number; end: number }): string {
  const range = lines === undefined ? "" : `?lines=${lines.start}-${lines.end}`;
  return `/artifact/${encodeURIComponent(id)}${range}`;
}

const changed = "stoneturner:navigate";

/** Goes to a path of this page. `replace` keeps the history short while someone types. */
export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(changed, listener);
  };
}

/** The page's own address, kept up to date. */
export function useLocation(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}

/** An ordinary left click; everything else (new tab, download) stays with the browser. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** A link within the page. */
export function Link({
  href,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        navigate(href);
      }}
    >
      {children}
    </a>
  );
}
