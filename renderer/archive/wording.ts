/** What is said of archiving: what is kept, what goes, and what one archived session amounts to. Pure. */

import type { Leavings } from '../../shared/model/archive.ts'
import type { Session } from '../../shared/model/session.ts'

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as file managers write it: “12 bytes”, “3.4 kB”, “128 MB”. */
export function sizeWords(bytes: number): string {
  let value = Math.max(0, bytes)
  let unit = 0
  // From 999.5 on it would be written as 1000 of the smaller one.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  if (unit === 0) return value === 1 ? '1 byte' : `${Math.round(value)} bytes`
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ''}`
}

const number = (count: number): string => count.toLocaleString('en')
export const countWords = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`

/** What is kept, a line each. */
export function keptLines({ commits, uncommitted }: Leavings, branch: string): readonly string[] {
  return [
    commits === 0 ? 'Its commits: the target has them all' : `${countWords(commits, 'commit')} on the branch ${branch}`,
    ...(uncommitted.length === 0 ? [] : [`${countWords(uncommitted.length, 'uncommitted file')}, in a snapshot`]),
    'Its conversation, and what it cost',
  ]
}

/** What goes, in a line over the list of it; null when nothing does. */
export function goesLine({ ignoredBytes, ignoredCount, ignoredAtLeast = false }: Leavings): string | null {
  if (ignoredCount === 0 && !ignoredAtLeast) return null
  const counted = `${countWords(ignoredCount, 'file')} that git ignores, ${sizeWords(ignoredBytes)}`
  return ignoredAtLeast ? `At least ${counted}; counting all of them would take long` : counted
}

/** How much of what goes is not in the list; null for nothing. */
export function restLine({ ignored, ignoredBytes, ignoredCount }: Leavings): string | null {
  const rest = ignoredBytes - ignored.reduce((sum, { bytes }) => sum + bytes, 0)
  // A folder of the list is many files: only its bytes say whether more is left.
  return ignored.length === 0 || ignoredCount <= ignored.length || rest <= 0 ? null : `and more, ${sizeWords(rest)}`
}

/** What an archived session amounts to, beside its name. */
export function archivedWords({ ahead, archive, research }: Pick<Session, 'ahead' | 'archive' | 'research'>): string {
  if (research) return 'research'
  const parts = [
    ...(ahead > 0 ? [countWords(ahead, 'commit')] : []),
    ...(archive?.snapshot === undefined ? [] : ['a snapshot of uncommitted files']),
  ]
  const kept = parts.length === 0 ? 'all of it is on the target' : parts.join(' and ')
  return archive?.removed === false ? `${kept}; its folder is still being removed` : kept
}

/** Those whose name or prompt has every word that was typed; who was archived last comes first. */
export function archivedAmong(sessions: readonly Session[], typed: string): readonly Session[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean)
  const at = ({ archive, startedAt }: Session): string => archive?.at ?? startedAt
  return sessions
    .filter(({ state }) => state === 'archived')
    .filter(({ name, prompt }) => words.every((word) => `${name} ${prompt}`.toLowerCase().includes(word)))
    .toSorted((a, b) => at(b).localeCompare(at(a)))
}

/** What runs and is ended first; null where nothing does. */
export function endsLine({ running, shells = [] }: Pick<Leavings, 'running' | 'shells'>): string | null {
  const commands = shells.flatMap((command) => (command === null ? [] : [`“${command}”`]))
  const open =
    shells.length === 0
      ? []
      : [`${countWords(shells.length, 'shell')}${commands.length === 0 ? '' : ` with ${commands.join(', ')}`}`]
  const what = [...(running ? ['Claude Code'] : []), ...open]
  if (what.length === 0) return null
  const many = what.length > 1 || shells.length > 1
  return `${what.join(' and ')} ${many ? 'run' : 'runs'}; ${many ? 'they are' : 'it is'} stopped first.`
}
