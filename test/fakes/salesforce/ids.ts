const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** Of 18 characters; the last three say which of the others are capitals. */
export function newId(prefix: string, number: number): string {
  let [left, digits] = [number, ""];
  for (; digits.length < 9; left = Math.floor(left / 62)) digits = (DIGITS[left % 62] ?? "") + digits;
  const short = `${prefix}000${digits}`;
  return short + [0, 5, 10].map((at) => CAPITALS[bitsOf(short.slice(at, at + 5))]).join("");
}

function bitsOf(part: string): number {
  return Array.from(part).reduce((sum, one, at) => sum + (/[A-Z]/.test(one) ? 2 ** at : 0), 0);
}
