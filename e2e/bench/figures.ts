/** Figures of the benchmarks: quantiles, medians, and lines that set a figure beside its baseline. Pure but for `tell`. */

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const ms = (value: number): string => `${value.toFixed(1)} ms`
export const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`

export const tell = (line: string): void => void process.stdout.write(`${line}\n`)

/** A number from the environment, for shorter and longer runs. */
export function fromEnvironment(name: string, usual: number): number {
  const value = Number(process.env[name])
  return Number.isFinite(value) && value > 0 ? value : usual
}
