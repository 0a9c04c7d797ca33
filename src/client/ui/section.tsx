import { useId, type ReactNode } from "react";

/** A titled part of a page, with what can be done in it at its right. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="mt-8 first:mt-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={heading}>{title}</h2>
          {lead === undefined ? null : <p className="text-sm text-muted">{lead}</p>}
        </div>
        {actions === undefined ? null : (
          <div className="flex max-w-full min-w-0 flex-wrap gap-2">{actions}</div>
        )}
      </div>
      {children}
    </section>
  );
}
