import { flushSync } from "react-dom";

/**
 * Puts focus on the heading of the view. For where what had focus is gone or about to go: focus that is nowhere starts
 * again at the top of the page.
 */
export function focusHeading(): void {
  document.querySelector("h1")?.focus({ preventScroll: true });
}

/**
 * Closes a dialog that did something, after which the button that opened it may be gone a moment later. `close` is drawn
 * in full first: an open dialog lets nothing behind it have focus, and gives focus back when it goes.
 */
export function closeToHeading(close: () => void): void {
  flushSync(close);
  focusHeading();
}
