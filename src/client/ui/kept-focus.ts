import { useLayoutEffect, useRef, type FocusEvent } from "react";

/**
 * Keeps focus within an element whose parts come and go: where the one that has focus is drawn no more, or can no longer
 * be pressed, the element itself gets it, so that Tab goes on from there. The element takes `tabIndex={-1}`.
 */
export function useKeptFocus<Element extends HTMLElement>() {
  const ref = useRef<Element>(null);
  const isWithin = useRef(false);
  useLayoutEffect(() => {
    const { activeElement } = document;
    const isLost =
      activeElement === null || activeElement === document.body || activeElement.matches(":disabled");
    if (isWithin.current && isLost) ref.current?.focus();
  });
  return {
    ref,
    onFocus: () => void (isWithin.current = true),
    onBlur: ({ target }: FocusEvent<HTMLElement>) => {
      // A part that went, or that nobody can press now, was not left by anybody.
      if (target.isConnected && !target.matches(":disabled")) isWithin.current = false;
    },
  };
}
