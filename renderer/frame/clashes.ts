/** The sessions that clash, and which of them comes next. Pure. */

import type { Session } from '../../shared/model/session.ts'
import type { View } from '../state/projection.ts'

/** The next session of the cascade, after the one on show and around, that clashes with another one or the target; null for none. */
export function nextClashing({ overlap, sessions }: Pick<View, 'overlap' | 'sessions'>, onShow: string | null): Session | null {
  const names = new Set(overlap.pairs.filter(({ kind }) => kind === 'clash').flatMap(({ a, b }) => [a, b]))
  const clashing = sessions.filter(({ name }) => names.has(name))
  const order = sessions.findIndex(({ name }) => name === onShow)
  return clashing.find((session) => sessions.indexOf(session) > order) ?? clashing[0] ?? null
}
