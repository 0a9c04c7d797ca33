/** Client routes with real URLs: parse a path, go somewhere, and a link that does both jobs. */
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";
import { leave } from "./data/coming-back";

const plainViews = ["sources", "runs", "artifacts", "search", "agents", "settings"] as const;

export type Route =
  | { view: "overview" | "missing" | (typeof plainViews)[number] }
  | { view: "source" | "run" | "artifact"; id: string }
  | { view: "settings"; id: string };

/** Views of one thing, by the first part of their path. */
const single = { sources: "source", runs: "run", artifact: "artifact", settings: "settings" } as const;

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Which view a path names. `/?connect=NAME`, which agents are given, is the sources' page. */
export function routeOf(path: string, params = new URLSearchParams()): Route {
  const [first = "", second, ...more] = path.replaceAll(/^\/+|\/+$/g, "").split("/");
  if (more.length > 0) return { view: "missing" };
  if (second === undefined) {
    if (first === "") return { view: params.has("connect") ? "sources" : "overview" };
    return { view: plainViews.find((view) => view === first) ?? "missing" };
  }
  const id = decoded(second);
  const view = Object.entries(single).find(([name]) => name === first)?.[1];
  return view === undefined || id === undefined || id === "" ? { view: "missing" } : { view, id };
}

/** Path of an artifact's page, with the lines that a search found when known. */
export function artifactPath(id: string, lines?: { start: number; end: number }): string {
  const range = lines === undefined ? "" : `?lines=${lines.start}-${lines.end}`;
  return `/artifact/${encodeURIComponent(id)}${range}`;
}

/** Paths of one source and one run. */
export const sourcePath = (integration: string) => `/sources/${encodeURIComponent(integration)}`;
export const runPath = (id: string) => `/runs/${encodeURIComponent(id)}`;

const changed = "stoneturner:navigate";

/** Goes to a path of this page. `replace` keeps the history short while someone types. */
export function navigate(to: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") history.replaceState(history.state, "", to);
  else history.pushState(leave(), "", to);
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

/** A link within the page. A plain press goes to `to` where that is given, and everything else to `href`. */
export function Link({
  href,
  to = href,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; to?: string | undefined }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
