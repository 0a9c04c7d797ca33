import { useId, type ReactNode } from "react";

/** A small titled part beside an artifact's text. */
export function AsideSection({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-2 text-sm">
        {title}
      </h2>
      {children}
    </section>
  );
}
