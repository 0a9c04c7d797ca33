/**
 * Focus that a change of the page takes away is given back: to a button that was off for as long as what it asked for took,
 * and where the element itself has gone, to the heading of the part it stood in. Nowhere, Tab would start at the top again.
 */

/** Milliseconds in which what takes an element's place is drawn, and may claim focus by itself. */
const patience = 100;
/** So often a view that is still loading is looked for. */
const tries = 20;

function isNowhere(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches(":disabled");
}

/** The heading of the innermost of these parts that is still there, else that of the view. */
function headingOf(parts: readonly Element[]): HTMLElement | null {
  const part = parts.find((one) => one.isConnected);
  return part?.querySelector<HTMLElement>("h2, h3") ?? document.querySelector<HTMLElement>("main h1");
}

function partsAround(element: Element): Element[] {
  const parts: Element[] = [];
  let part = element.closest("main section[aria-labelledby]");
  while (part !== null) {
    parts.push(part);
    part = part.parentElement?.closest("main section[aria-labelledby]") ?? null;
  }
  return parts;
}

/** What has focus within the view, as long as nobody takes it elsewhere. */
class Held {
  readonly #parts: readonly Element[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly element: HTMLElement) {
    this.#parts = partsAround(element);
  }

  /** Looks what has become of it after a change of the page. */
  look(): void {
    const { element } = this;
    if (!element.isConnected) this.#timer ??= setTimeout(() => this.#giveToHeading(tries), patience);
    else if (!element.matches(":disabled") && isNowhere()) element.focus({ preventScroll: true });
  }

  forget(): void {
    clearTimeout(this.#timer);
  }

  #giveToHeading(left: number): void {
    if (!isNowhere() || left === 0) return;
    const heading = headingOf(this.#parts);
    if (heading === null) {
      this.#timer = setTimeout(() => this.#giveToHeading(left - 1), patience);
      return;
    }
    if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** Watches over focus from now on, for as long as the page is open. */
export function giveLostFocusBack(): void {
  let held: Held | undefined;
  const hold = (next: Held | undefined) => {
    held?.forget();
    held = next;
  };
  document.addEventListener("focusin", ({ target }) => {
    const isInView = target instanceof HTMLElement && target.closest("main") !== null;
    hold(isInView ? new Held(target) : undefined);
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget !== null) return;
    // An element that goes may still be there while it says so.
    queueMicrotask(() => {
      const isLeft = target instanceof HTMLElement && target.isConnected && !target.matches(":disabled");
      if (isLeft && held?.element === target && isNowhere()) hold(undefined);
    });
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!(target instanceof Node) || held?.element.contains(target) !== true) hold(undefined);
  });
  const observer = new MutationObserver(() => held?.look());
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
}
