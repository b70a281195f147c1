/** Money of one session from the running totals of its status line. Pure. Knows nothing of prices or tokens. */

export type Meter = {
  readonly spentUsd: number
  /** The last total this process reported; null when a resumed one has not reported yet. */
  readonly lastTotalUsd: number | null
}

/**
 * Takes the meter and the total that Claude Code reports; gives the meter after it.
 * A resumed conversation starts at what was counted before (measured: 2.1.329), so its first total counts nothing;
 * after a kill -9 the total starts over at 0. Only growth is ever added.
 */
export function readTotal(meter: Meter, totalUsd: number): Meter {
  const growth = meter.lastTotalUsd === null ? 0 : Math.max(0, totalUsd - meter.lastTotalUsd)
  return { spentUsd: meter.spentUsd + growth, lastTotalUsd: totalUsd }
}
