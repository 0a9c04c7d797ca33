/** Heights of bars, 0 to 100, of their values. The largest is 100; a value above nothing is never invisible. */
export function barHeights(values: readonly number[]): number[] {
  const most = Math.max(0, ...values);
  return values.map((value) => (most === 0 || value <= 0 ? 0 : Math.max(2, (value / most) * 100)));
}
