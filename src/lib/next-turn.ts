/** Resolves once requests and timers that were waiting have had their turn: for between two pieces of longer work. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
