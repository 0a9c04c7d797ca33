import type { KeyboardEvent } from "react";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/**
 * Moves focus from a row's link to the next or the last one: arrows, or j and k. For the `onKeyDown` of what holds a
 * table's rows; elsewhere in it, arrows scroll as ever.
 */
export function moveAmongRows(event: KeyboardEvent): void {
  const step = steps[event.key];
  const { target, altKey, ctrlKey, metaKey } = event;
  if (step === undefined || altKey || ctrlKey || metaKey || !(target instanceof HTMLAnchorElement)) return;
  const row = target.closest("tbody tr");
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  const link = next?.querySelector("a");
  if (link === null || link === undefined) return;
  event.preventDefault();
  link.focus();
}
