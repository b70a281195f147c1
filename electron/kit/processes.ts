/**
 * The user's processes as the system tells of them. A process is meant by its number and its start time together, never by its name;
 * where it comes from is told by its parents and by a mark in its environment. Decides nothing about who may be ended.
 */

import { readdir, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { runCommand } from './command.ts'

export type Seen = {
  readonly pid: number
  readonly parent: number
  /** Differs between two processes that had the same number. */
  readonly start: string
  /** The value of the marking variable; null where it has none or the system does not tell. */
  readonly mark: string | null
}

/** Every read waits for a thread; more at once would keep other file reads of the House waiting. */
const AT_ONCE = 16
const ASK_TIMEOUT_MS = 5000

type Stat = { readonly parent: number; readonly start: string }

/** Null for one that has ended, collected or not. */
async function readStat(pid: number): Promise<Stat | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [state, parent, start] = [fields[0], fields[1], fields[19]]
    if (state === 'Z' || state === 'X' || parent === undefined || start === undefined) return null
    return { parent: Number(parent), start }
  } catch {
    return null
  }
}

/** Field 22 of `/proc/PID/stat`: when the process started. Null for one that has ended, collected or not, and where there is no such file (macOS, Windows). */
export async function processStart(pid: number): Promise<string | null> {
  return (await readStat(pid))?.start ?? null
}

/** Takes an environment as `/proc/PID/environ` has it; gives a variable's value. Pure. */
export function valueIn(environment: Buffer, variable: string): string | null {
  const wanted = Buffer.from(`${variable}=`)
  for (let at = environment.indexOf(wanted); at >= 0; at = environment.indexOf(wanted, at + 1)) {
    if (at !== 0 && environment[at - 1] !== 0) continue
    const end = environment.indexOf(0, at)
    return environment.subarray(at + wanted.length, end < 0 ? undefined : end).toString('utf8')
  }
  return null
}

/** Its environment is for its own user only, so that one of somebody else has no mark; root sees all, and is asked for its own only. */
async function lookAt(pid: number, variable: string, user: number | undefined): Promise<Seen | null> {
  try {
    if ((await stat(`/proc/${pid}`)).uid !== user) return null
  } catch {
    return null
  }
  const [told, environment] = [await readStat(pid), await readFile(`/proc/${pid}/environ`).catch(() => null)]
  return told === null ? null : { pid, ...told, mark: environment === null ? null : valueIn(environment, variable) }
}

async function fromProc(variable: string): Promise<readonly Seen[]> {
  const user = process.getuid?.()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number)
  const seen: Seen[] = []
  for (let at = 0; at < pids.length; at += AT_ONCE) {
    const some = await Promise.all(pids.slice(at, at + AT_ONCE).map((pid) => lookAt(pid, variable, user)))
    seen.push(...some.filter((one) => one !== null))
  }
  return seen
}

/** One line of `ps -o pid=,ppid=,uid=,lstart=`, whose start is five words. Pure. */
export function seenIn(line: string, user: number | undefined): Seen | null {
  const [pid, parent, uid, ...start] = line.trim().split(/\s+/u)
  if (start.length !== 5 || Number(uid) !== user) return null
  return { pid: Number(pid), parent: Number(parent), start: start.join(' '), mark: null }
}

/** A command of the system's own; gives what it printed. It may fail, as `ps` does when it finds none of those that it was asked for. */
async function ask(command: string): Promise<string> {
  const chunks: Buffer[] = []
  const output = (chunk: Buffer): void => void chunks.push(chunk)
  const env = { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C' }
  const { signal } = new AbortController()
  await runCommand({ command, cwd: tmpdir(), env, timeoutMs: ASK_TIMEOUT_MS, signal, output })
  return Buffer.concat(chunks).toString('utf8')
}

async function fromPs(which: string): Promise<readonly Seen[]> {
  const user = process.getuid?.()
  const lines = (await ask(`ps ${which} -o pid=,ppid=,uid=,lstart=`)).split('\n')
  return lines.flatMap((line) => seenIn(line, user) ?? [])
}

/** Takes the variable that marks processes; gives those of this user. None on Windows, where `endTree` does without. */
export async function seeProcesses(variable: string): Promise<readonly Seen[]> {
  if (process.platform === 'linux') return fromProc(variable)
  return process.platform === 'win32' ? [] : fromPs('-ax')
}

/** True while it is that very process. */
export async function isStill({ pid, start }: Pick<Seen, 'pid' | 'start'>): Promise<boolean> {
  if (process.platform === 'linux') return (await processStart(pid)) === start
  return (await fromPs(`-p ${pid}`)).some((one) => one.start === start)
}

/** Signals it if it is still that very process. */
export async function signalIf(seen: Pick<Seen, 'pid' | 'start'>, signal: NodeJS.Signals): Promise<void> {
  if (!(await isStill(seen))) return
  try {
    process.kill(seen.pid, signal)
  } catch {
    // Gone between the two lines, which is what was wanted.
  }
}

/** Its command line, as a person reads it; empty where the system does not tell. */
export async function commandOf(pid: number): Promise<string> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return words.replaceAll('\0', ' ').trim()
}

/** Windows: ends a process and all that it started. Elsewhere nothing, as there they are told apart one by one. */
export async function endTree(pid: number): Promise<void> {
  if (process.platform === 'win32') await ask(`taskkill /T /F /PID ${pid}`)
}

const key = ({ pid, start }: Pick<Seen, 'pid' | 'start'>): string => `${pid} ${start}`

/** Tells a process again that was seen before. Pure. */
export function among(before: readonly Pick<Seen, 'pid' | 'start'>[]): (seen: Seen) => boolean {
  const keys = new Set(before.map(key))
  return (seen) => keys.has(key(seen))
}

/**
 * Takes all processes; gives those that are `ours` and what they started, without `self` and what it was started by, and without what
 * bears the mark of somebody else. Pure.
 */
export function familyOf(all: readonly Seen[], ours: (seen: Seen) => boolean, self: number): readonly Seen[] {
  const byPid = new Map(all.map((seen) => [seen.pid, seen]))
  const spared = new Set<number>()
  for (let at: Seen | undefined = byPid.get(self); at !== undefined && !spared.has(at.pid); at = byPid.get(at.parent))
    spared.add(at.pid)
  const children = new Map<number, Seen[]>()
  for (const seen of all) children.set(seen.parent, [...(children.get(seen.parent) ?? []), seen])
  const family = new Map<number, Seen>()
  const open = all.filter(ours)
  for (let seen = open.pop(); seen !== undefined; seen = open.pop()) {
    if (spared.has(seen.pid) || family.has(seen.pid) || (seen.mark !== null && !ours(seen))) continue
    family.set(seen.pid, seen)
    open.push(...(children.get(seen.pid) ?? []))
  }
  return [...family.values()]
}
