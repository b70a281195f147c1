/** What runs in a shell: asked of the system when somebody wants to know, never watched. Ends what a shell leaves behind. */

import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { runCommand } from '../kit/command.ts'
import { endAll } from '../kit/ending.ts'
import { among, commandOf, familyOf, isStill, seeProcesses, type Seen } from '../kit/processes.ts'
import { MARK } from './program.ts'

/** Groups of a process: its own, that of its terminal's session, and the one that its terminal's keys go to. */
type Groups = { readonly own: number; readonly session: number; readonly foreground: number }

const ASK_TIMEOUT_MS = 2000
const MOST_LETTERS = 80

/** Takes `/proc/PID/stat`; gives the groups, or null where it is not one. Pure. */
export function groupsIn(stat: string): Groups | null {
  // The second field is the program's name in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [own, session, foreground] = [fields[2], fields[3], fields[5]].map(Number)
  if (own === undefined || session === undefined || foreground === undefined) return null
  return [own, session, foreground].every(Number.isInteger) ? { own, session, foreground } : null
}

async function ask(command: string): Promise<string> {
  const chunks: Buffer[] = []
  const env = { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C' }
  const { signal } = new AbortController()
  const output = (chunk: Buffer): void => void chunks.push(chunk)
  await runCommand({ command, cwd: tmpdir(), env, timeoutMs: ASK_TIMEOUT_MS, signal, output })
  return Buffer.concat(chunks).toString('utf8').trim()
}

async function groupsOf(pid: number): Promise<Groups | null> {
  if (process.platform === 'linux') return groupsIn(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
  const [own, foreground] = (await ask(`ps -o pgid=,tpgid= -p ${pid}`)).split(/\s+/u).map(Number)
  return own === undefined || foreground === undefined ? null : { own, session: pid, foreground }
}

/** A line as it may be shown: without what is no character, and not longer than a sentence bears. Pure. */
export function shownCommand(line: string): string {
  const plain = line.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return plain.length > MOST_LETTERS ? `${plain.slice(0, MOST_LETTERS - 1)}…` : plain
}

/**
 * The command that has the terminal of this shell, as a person reads it; null while the shell itself has it. What runs in its background does
 * not count: many prompts keep a process of their own there. Windows does not tell: null.
 */
export async function foregroundOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null
  const groups = await groupsOf(pid)
  if (groups === null || groups.foreground <= 0 || groups.foreground === groups.own) return null
  const { foreground } = groups
  const line = process.platform === 'linux' ? await commandOf(foreground) : await ask(`ps -o command= -p ${foreground}`)
  return shownCommand(line) || 'a program'
}

/**
 * What belongs to the terminal of a shell. On Linux without what made itself a session of its own, as a multiplexer or a daemon does: the
 * user wants that to outlive a window; and also after the shell has ended, by its mark.
 */
export async function belongingTo(pid: number, mark: string, isThere: boolean): Promise<readonly Seen[]> {
  const all = await seeProcesses(MARK)
  // A number is given to another process once its own has ended: then only the mark counts.
  const family = familyOf(all, (seen) => seen.mark === mark || (isThere && seen.pid === pid), process.pid)
  if (process.platform !== 'linux') return family
  const groups = await Promise.all(family.map((seen) => groupsOf(seen.pid)))
  return family.filter((_seen, at) => groups[at]?.session === pid)
}

/** Ends what is left of a shell that was hung up, and of what belonged to it before: asked first, then killed. */
export async function endLeft(pid: number, mark: string, before: readonly Seen[]): Promise<void> {
  await endAll(async () => {
    const now = await belongingTo(pid, mark, false)
    const isKnown = among(now)
    const others = before.filter((seen) => !isKnown(seen))
    const still = await Promise.all(others.map(isStill))
    return [...now, ...others.filter((_seen, at) => still[at] === true)]
  })
}
