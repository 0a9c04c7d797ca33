/**
 * Runs generators a few at a time and yields what they bring in the order in which it comes. A generator goes on only
 * once what it gave was taken and the taker came back for more, so it may rely on its own last piece being dealt with.
 */
export async function* sideBySide<Piece>(
  generators: Iterable<() => AsyncGenerator<Piece, void, undefined>>,
  atOnce: number,
): AsyncGenerator<Piece, void, undefined> {
  const waiting = generators[Symbol.iterator]();
  const running = new Map<
    object,
    Promise<{ from: AsyncGenerator<Piece>; result: IteratorResult<Piece, void> }>
  >();
  const advance = (from: AsyncGenerator<Piece, void, undefined>) => {
    running.set(
      from,
      from.next().then((result) => ({ from, result })),
    );
  };
  const startNext = () => {
    const next = waiting.next();
    if (next.done !== true) advance(next.value());
  };
  try {
    for (let started = 0; started < atOnce; started++) startNext();
    while (running.size > 0) {
      const { from, result } = await Promise.race(running.values());
      running.delete(from);
      if (result.done === true) {
        startNext();
        continue;
      }
      yield result.value;
      advance(from);
    }
  } finally {
    // Whoever still waits for an answer must not end as an unhandled rejection.
    await Promise.allSettled(running.values());
  }
}
