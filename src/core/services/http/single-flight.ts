/** One piece of work at a time per key: who comes while it is under way gets the same result. */
export interface SingleFlight {
  /** Joins the work under way for `key`, or starts `work`. An abort leaves, it does not stop the work for the others. */
  run: (key: string, work: () => Promise<void>, signal?: AbortSignal) => Promise<void>;
}

/** Made once and shared by all clients of a process, so that a rotating token is never refreshed twice at once. */
export function createSingleFlight(): SingleFlight {
  const flights = new Map<string, Promise<void>>();
  return {
    run(key, work, signal) {
      signal?.throwIfAborted();
      let flight = flights.get(key);
      if (flight === undefined) {
        flight = work().finally(() => flights.delete(key));
        flights.set(key, flight);
      }
      return signal === undefined ? flight : leavable(flight, signal);
    },
  };
}

function leavable(flight: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    void flight.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
