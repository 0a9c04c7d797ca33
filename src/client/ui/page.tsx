import { useEffect, useRef, type ReactNode } from "react";
import { comeBack } from "@/client/data/coming-back";

/** A view's frame: its title in the tab, and its one h1, which takes focus when someone comes from another view. */
export function Page({
  title,
  tab = title,
  lead,
  children,
}: {
  title: ReactNode;
  tab?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${typeof tab === "string" ? tab : "…"} · Stoneturner`;
  }, [tab]);
  useEffect(() => {
    // On the first page the browser's own start is right; the skip link comes first there. A view may also take another
    // one's place under the same address, which is no move.
    const { at } = document.body.dataset;
    const moved = at !== undefined && at !== location.pathname;
    // A view with a field to start in keeps its own focus.
    const started = document.activeElement instanceof HTMLInputElement;
    if (moved && !started) heading.current?.focus({ preventScroll: true });
    if (!comeBack() && moved) scrollTo(0, 0);
    document.body.dataset.at = location.pathname;
  }, []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {title}
      </h1>
      {lead === undefined ? null : <div className="mt-1 text-muted">{lead}</div>}
      <div className="mt-6">{children}</div>
    </>
  );
}
