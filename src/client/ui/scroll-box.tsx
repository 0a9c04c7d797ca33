import type { ReactNode } from "react";

/** A box that scrolls sideways by itself, so that the page never does. It takes focus, or keyboards could not scroll it. */
export function ScrollBox({ label, dir, children }: { label: string; dir?: "auto"; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section tabIndex={0} aria-label={label} dir={dir} className="overflow-x-auto">
      {children}
    </section>
  );
}
