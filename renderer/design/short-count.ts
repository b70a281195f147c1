/** Numbers that must not move what is beside them. */

/** A count in few characters: “42”, “9,876”, “12k”. */
export function shortCount(count: number): string {
  return count < 10_000 ? count.toLocaleString('en') : `${Math.round(count / 1000).toLocaleString('en')}k`
}
