import type { KeyboardEvent } from "react";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/**
 * Moves focus from a row's link to the next or the last one: arrows, or j and k. For the `onKeyDown` of what holds a
 * table's rows, or a list's with the attribute `data-rows`; elsewhere in it, arrows scroll as ever.
 *
 * @param before what to do where there is no row before
 */
export function moveAmongRows(event: KeyboardEvent, before?: () => void): void {
  const step = steps[event.key];
  const { target, altKey, ctrlKey, metaKey } = event;
  if (step === undefined || altKey || ctrlKey || metaKey || !(target instanceof HTMLAnchorElement)) return;
  const row = target.closest("tbody tr, [data-rows] > li");
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  const link = next?.querySelector("a");
  if (link === null || link === undefined) {
    if (step > 0 || before === undefined) return;
    event.preventDefault();
    return before();
  }
  event.preventDefault();
  link.focus();
}

/** Gives focus to the first row of a list with the attribute `data-rows`, if there is one. */
export function enterRows(event: KeyboardEvent): void {
  const link = document.querySelector<HTMLElement>("[data-rows] > li a");
  if (link === null) return;
  event.preventDefault();
  link.focus();
}
