/** The latest requests of a run, for people and tests: what was asked of whom, how it went, never a secret. */
export interface LedgerEntry {
  /** ISO time of the start. */
  at: string;
  method: string;
  host: string;
  /** Path with ids as `:id` and the names of query fields, without their values. */
  path: string;
  /** Undefined when no answer came. */
  status: number | undefined;
  /** How long it waited for its turn before it was sent, in milliseconds. */
  waitedMs: number;
  ms: number;
  /** Size of the answer's body, unpacked. */
  bytes: number;
  attempt: number;
  /** Code of the error that the attempt ended in, such as `rate_limited`. */
  error: string | undefined;
}

export interface RequestLedger {
  record: (entry: LedgerEntry) => void;
  /** The latest entries, oldest first. */
  entries: () => readonly LedgerEntry[];
  /** Of all requests, also those that are no longer among the entries. */
  totals: () => { requests: number; failures: number; bytes: number };
}

/** @param onEntry told of each entry, however many are kept. */
export function createRequestLedger(limit = 200, onEntry?: (entry: LedgerEntry) => void): RequestLedger {
  const latest: LedgerEntry[] = [];
  const totals = { requests: 0, failures: 0, bytes: 0 };
  return {
    record(entry) {
      onEntry?.(entry);
      latest.push(entry);
      if (latest.length > limit) latest.shift();
      totals.requests++;
      totals.bytes += entry.bytes;
      if (entry.error !== undefined) totals.failures++;
    },
    entries: () => [...latest],
    totals: () => ({ ...totals }),
  };
}

/** A URL's path with everything that may identify or open something replaced. */
export function pathTemplate(url: URL): string {
  const path = url.pathname
    .split("/")
    .map((segment) => (isPlainWord(segment) ? segment : ":id"))
    .slice(0, 12)
    .join("/");
  const names = [...new Set(url.searchParams.keys())].map((name) => (isPlainWord(name) ? name : ":name"));
  return names.length === 0 ? path : `${path}?${names.slice(0, 12).join("&")}`;
}

/** Words of an API are short and have few digits; ids, tokens and names of people's things mostly are not so. */
function isPlainWord(segment: string): boolean {
  return (
    /^[A-Za-z_.$-]{0,40}[0-9]{0,2}$/.test(segment) &&
    !/[A-Z].*[a-z].*[A-Z].*[a-z].*[A-Z].*[A-Z]/.test(segment)
  );
}
