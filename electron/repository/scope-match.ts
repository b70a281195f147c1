/** What a scope holds of the target's files, and which sessions own some of the same. Pure: files are shown to it one by one. */

import type { ScopeMatch } from '../../shared/model/found.ts'
import { matcherOf } from '../../shared/model/globs.ts'

export type Owner = { readonly session: string; readonly scope: readonly string[] }

/** Enough to recognise what was meant. */
const SAMPLE = 20

/** Takes a scope and what others own; gives what counts as the files pass by. */
export function countScope(
  scope: readonly string[],
  owners: readonly Owner[],
): { see(path: string): void; result(): ScopeMatch } {
  const holds = matcherOf(scope)
  let idle = scope.map((glob) => ({ glob, holds: matcherOf([glob]) }))
  const others = owners
    .filter((owner) => owner.scope.length > 0)
    .map(({ session, scope }) => ({ session, holds: matcherOf(scope), files: 0 }))
  const sample: string[] = []
  let [matched, total] = [0, 0]
  return {
    see(path) {
      total += 1
      if (!holds(path)) return
      matched += 1
      if (sample.length < SAMPLE) sample.push(path)
      if (idle.length > 0) idle = idle.filter((one) => !one.holds(path))
      for (const other of others) if (other.holds(path)) other.files += 1
    },
    result: () => ({
      matched,
      total,
      sample,
      unmatched: idle.map(({ glob }) => glob),
      shared: others.filter(({ files }) => files > 0).map(({ session, files }) => ({ session, files })),
    }),
  }
}
