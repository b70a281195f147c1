/** One checkout and how far it is trusted: turns a command into a run of git. Knows which commands could start the repository's own. */

import { argumentsOf, type Command, command, type Manner } from './argv.ts'
import { type Environment, READING, settings, UNTRUSTED } from './environment.ts'
import { GitError } from './failure.ts'
import type { Ended, Git, Run } from './run.ts'
import { isRepeatable, lockedOut, lockInTheWay, waitForLock } from './stale-locks.ts'

/** A folder with a worktree of the repository, and whether the user has said that the repository's own commands may run. */
export type Checkout = { readonly path: string; readonly trusted: boolean }

export type Extra = {
  readonly env?: Environment
  readonly stdin?: Uint8Array
  /** Left out: 64 MiB, and more than that is an error. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

/** A repository that does not answer in this time before it is trusted has something in it that waits. */
const UNTRUSTED_TIMEOUT_MS = 30_000
/** Long enough for a hook that tests and a checkout that downloads; a command that waits for ever would hold the lane as long. */
const WRITE_TIMEOUT_MINUTES = 10
/** As many as one git holds at a time: of a ref, of HEAD, of the packed refs, of the index. */
const MOST_LOCKS = 4

/** Runs a command that changes nothing and compares no files. */
export function read(git: Git, checkout: Checkout, command: Command, extra: Extra = {}): Promise<Ended> {
  return execute(git, checkout, command, false, extra)
}

/**
 * Runs a command that changes nothing but compares files of the worktree. Git passes such files through the
 * repository's clean filters; before trust every filter is switched off for this run.
 */
export async function readFiles(git: Git, checkout: Checkout, command: Command, extra: Extra = {}): Promise<Ended> {
  if (checkout.trusted) return read(git, checkout, command, extra)
  return read(git, checkout, command, { ...extra, env: { ...extra.env, ...(await withoutFilters(git, checkout)) } })
}

/** Runs a command that changes the repository. */
export function write(git: Git, checkout: Checkout, command: Command, extra: Extra = {}): Promise<Ended> {
  return execute(git, checkout, command, true, extra)
}

/** Runs a command that writes files of a worktree: filters and hooks run, so the user must have trusted the repository. */
export function writeFiles(git: Git, checkout: Checkout, command: Command, extra: Extra = {}): Promise<Ended> {
  // A fault of ours, not something a user can meet: callers ask for trust before they come here.
  if (!checkout.trusted) throw new Error(`git ${command.args[0]} must not run in a repository that is not trusted`)
  return execute(git, checkout, command, true, extra)
}

async function execute(git: Git, { path, trusted }: Checkout, command: Command, writes: boolean, extra: Extra): Promise<Ended> {
  const { env, stdin, maxBytes, signal } = extra
  const request: Run = {
    cwd: path,
    args: argumentsOf(command, { trusted, writes }),
    env: { ...(writes ? {} : READING), ...(trusted ? {} : UNTRUSTED), ...env },
    writes,
    ...(stdin === undefined ? {} : { stdin }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(signal === undefined ? {} : { signal }),
    ...deadline(command, { trusted, writes }),
  }
  let ended = await git.run(request)
  // A killed git may have left one after the other.
  for (let met = 0; writes && ended.code !== 0 && met < MOST_LOCKS; met += 1) {
    const lock = lockInTheWay(ended.stderr)
    if (lock === null) break
    const isGone = await waitForLock({ path, trusted }, lock)
    if (!isGone) ended = { ...ended, stderr: lockedOut(lock) }
    if (!isGone || !isRepeatable(command.args)) break
    ended = await git.run(request)
  }
  if (ended.truncated && maxBytes === undefined) {
    throw new GitError('failed', `Git's answer to “git ${command.args[0]}” is too large to be read.`)
  }
  return ended
}

function deadline({ args }: Command, { trusted, writes }: Manner): Pick<Run, 'timeoutMs' | 'whenLate'> {
  if (!trusted) return { timeoutMs: UNTRUSTED_TIMEOUT_MS }
  if (!writes) return {}
  const name = args.find((argument, at) => !argument.startsWith('-') && args[at - 1] !== '-c')
  return {
    timeoutMs: WRITE_TIMEOUT_MINUTES * 60_000,
    whenLate: `“git ${name}” had not finished after ${WRITE_TIMEOUT_MINUTES} minutes and was stopped. A hook or filter of the repository may hang: run the command by hand to see where it waits.`,
  }
}

async function withoutFilters(git: Git, checkout: Checkout): Promise<Environment> {
  const ended = await read(git, checkout, command('config', '--list', '-z', '--name-only'))
  if (ended.code !== 0) throw new GitError('failed', 'Git could not read the settings of the repository.')
  const drivers = new Set<string>()
  for (const key of ended.stdout.toString('latin1').split('\0')) {
    const driver = /^filter\.(.*)\.[^.]*$/su.exec(key)?.[1]
    if (driver !== undefined) drivers.add(Buffer.from(driver, 'latin1').toString())
  }
  return settings(
    [...drivers].flatMap((driver) => [
      [`filter.${driver}.clean`, ''] as const,
      [`filter.${driver}.smudge`, ''] as const,
      [`filter.${driver}.process`, ''] as const,
      [`filter.${driver}.required`, 'false'] as const,
    ]),
  )
}
