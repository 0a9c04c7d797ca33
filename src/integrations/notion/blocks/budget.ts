/** How much may be fetched for one page beyond its first answer. */
export interface Budget {
  /** True when this block may be fetched: not yet met on this page, not too deep, and some requests are left. */
  take: (id: string, depth: number) => boolean;
}

const MOST_REQUESTS = 300;
const DEEPEST = 20;

export function createBudget({ requests = MOST_REQUESTS, depth: deepest = DEEPEST } = {}): Budget {
  const met = new Set<string>();
  return {
    take(id, depth) {
      const plain = id.replaceAll("-", "");
      if (met.has(plain) || depth > deepest || met.size >= requests) return false;
      met.add(plain);
      return true;
    },
  };
}
