/** What archiving keeps and deletes, as `sluice` says it. Pure. */

import type { Leavings } from '../../shared/model/archive.ts'
import { line } from './print.ts'

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
/** Names of uncommitted files beyond this say no more than their number. */
const MOST_NAMES = 20

/** “1.5 MB”. */
export function sizeText(bytes: number): string {
  let [size, unit] = [bytes, 0]
  while (size >= 999.5 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1]
  return `${unit === 0 || size >= 99.5 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit] ?? ''}`
}

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`

function listed({ ignored, ignoredCount }: Leavings): readonly string[] {
  const more = ignoredCount - ignored.reduce((sum, { files = 1 }) => sum + files, 0)
  const held = (files: number | undefined): string => (files === undefined ? '' : ` (${count(files, 'file', 'files')})`)
  return [
    ...ignored.map(({ path, bytes, files }) => `   ${sizeText(bytes)}  ${line(path)}${held(files)}`),
    ...(more > 0 ? [`   and ${count(more, 'more file', 'more files')}`] : []),
  ]
}

/** What git ignores and what goes with the worktree. */
export function ignoredText(leavings: Leavings): string {
  const goes = `${sizeText(leavings.ignoredBytes)} that git ignores goes with its worktree:`
  return [goes, ...listed(leavings)].join('\n')
}

function inThem(shells: readonly (string | null)[]): string {
  const commands = shells.flatMap((command) => (command === null ? [] : [line(command)]))
  return commands.length === 0 ? '' : `, and what runs there: ${commands.join(', ')}`
}

export function leavingsText(leavings: Leavings): string {
  const { commits, uncommitted, ignoredBytes, ignoredCount, running, shells = [], refusal } = leavings
  const names = uncommitted.slice(0, MOST_NAMES).map((path) => `   ${line(path)}`)
  const more = uncommitted.length - names.length
  return [
    ...(refusal === undefined ? [] : [`It cannot be archived now. ${line(refusal)}`]),
    ...(running ? ['Its Claude Code would be stopped.'] : []),
    ...(shells.length === 0 ? [] : [`${count(shells.length, 'shell', 'shells')} would be ended${inThem(shells)}.`]),
    `Kept on its branch: ${count(commits, 'commit', 'commits')} that the target lacks.`,
    `Kept in a snapshot: ${count(uncommitted.length, 'uncommitted file', 'uncommitted files')}${uncommitted.length === 0 ? '.' : ':'}`,
    ...names,
    ...(more > 0 ? [`   and ${more} more`] : []),
    ignoredCount === 0 ? 'Deleted: nothing.' : `Deleted, as git ignores it: ${sizeText(ignoredBytes)}:`,
    ...listed(leavings),
  ].join('\n')
}
