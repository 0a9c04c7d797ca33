/** How much may be fetched for one page beyond its first answer. */
export interface Budget {
  /** True when this block may be fetched: not yet met on this page, not too deep, and some requests are left. */
  take: (id: string, depth: number) => boolean;
  /** True when this block was taken before: it stands on the page already. */
  met: (id: string) => boolean;
}

const MOST_REQUESTS = 300;
const DEEPEST = 20;

export function createBudget({ requests = MOST_REQUESTS, depth: deepest = DEEPEST } = {}): Budget {
  const met = new Set<string>();
  const plainOf = (id: string) => id.replaceAll("-", "");
  return {
    met: (id) => met.has(plainOf(id)),
    take(id, depth) {
      const plain = plainOf(id);
      if (met.has(plain) || depth > deepest || met.size >= requests) return false;
      met.add(plain);
      return true;
    },
  };
}
