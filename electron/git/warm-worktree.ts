/** The worktree that is kept ready: made detached, proved untouched, and turned into a session's without writing its files again. */

import { access, constants, lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { command } from './argv.ts'
import { type Checkout, read, readFiles, write, writeFiles } from './checkout.ts'
import { reasonIn } from './failure.ts'
import { type Oid, parseAbsolutePath, parseBranchName } from './names.ts'
import { exists, gitDirOf, realPathOf } from './places.ts'
import { fieldsOf } from './records.ts'
import { branchIn, placeOf, registrationIn, registrationsOf } from './registrations.ts'
import type { Git } from './run.ts'
import { LOCK_REASON } from './worktrees.ts'

export type WarmWorktree = {
  readonly path: string
  /** Its registration in the repository's git folder. */
  readonly registration: string
  readonly commit: Oid
  /** What the index was when the worktree was proved untouched: it lies outside of the worktree. */
  readonly indexStamp: string
}

/**
 * Why the repository's worktrees cannot be kept ready, in words for the log; null when they can. What would run or download
 * something of its own at a checkout must do so when the user asks for a worktree, in its final place.
 */
export async function unsuited(git: Git, checkout: Checkout): Promise<string | null> {
  const ended = await read(git, checkout, command('config', '--list', '-z', '--show-scope'))
  if (ended.code !== 0) return 'its settings cannot be read'
  const fields = fieldsOf(ended.stdout).map(String)
  const settings = new Map<string, string>()
  for (let at = 0; at + 1 < fields.length; at += 2) {
    // Our own, for this one run.
    if (fields[at] === 'command') continue
    const [key = '', value = 'true'] = (fields[at + 1] ?? '').split('\n')
    settings.set(key, value)
  }
  if (settings.get('core.sparsecheckout') === 'true') return 'it is checked out sparsely'
  if (settings.get('extensions.worktreeconfig') === 'true') return 'its worktrees have settings of their own'
  if (settings.has('extensions.partialclone')) return 'its files are fetched on demand'
  if (await exists(join(checkout.path, '.gitmodules'))) return 'it has submodules'
  const attributes = await readFile(join(checkout.path, '.gitattributes'), 'utf8').catch(() => '')
  if (/\bfilter=/u.test(attributes)) return 'it has filters'
  const gitDir = await gitDirOf(checkout.path)
  const hooks = settings.get('core.hookspath')
  // One that is relative is looked for in the new worktree.
  const folder =
    hooks !== undefined && isAbsolute(hooks) ? hooks : hooks === undefined ? join(gitDir?.common ?? '', 'hooks') : null
  return folder !== null && (await isHookIn(folder)) ? 'it has a post-checkout hook' : null
}

function isHookIn(folder: string): Promise<boolean> {
  return access(join(folder, 'post-checkout'), constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** How many files the index of the main checkout has; 0 where that cannot be told. */
export async function filesTracked(checkout: Checkout): Promise<number> {
  const gitDir = await gitDirOf(checkout.path)
  const index = gitDir === null ? null : await readFile(join(gitDir.own, 'index')).catch(() => null)
  return index === null || index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC' ? 0 : index.readUInt32BE(8)
}

/** First half of making one: git knows it, and it has no files yet. Takes milliseconds; to be done in the repository's lane. */
export async function registerWarm(git: Git, checkout: Checkout, path: string, commit: Oid): Promise<Result<void, 'git-failed'>> {
  const at = parseAbsolutePath(path)
  if (at === null) return fail('git-failed', `“${path}” is not an absolute path.`)
  const add = command(
    'worktree',
    'add',
    '--no-checkout',
    '--lock',
    '--reason',
    LOCK_REASON,
    '--no-guess-remote',
    '--detach',
    at,
    commit,
  )
  const ended = await write(git, checkout, add)
  return ended.code === 0 ? ok(undefined) : fail('git-failed', reasonIn(ended))
}

/** Second half: writes the files. Nothing outside of the worktree is touched, so it needs no lane. */
export async function fillWarm(git: Git, there: Checkout, commit: Oid, signal: AbortSignal): Promise<boolean> {
  const ended = await writeFiles(git, there, command('read-tree', '-m', '-u', commit), { signal })
  return ended.code === 0
}

/** Brings one that has its files to another commit. */
export async function moveWarm(git: Git, there: Checkout, commit: Oid, signal: AbortSignal): Promise<boolean> {
  const ended = await writeFiles(git, there, command('switch', '--quiet', '--detach', commit), { signal })
  return ended.code === 0
}

/** True when the worktree is its commit and nothing else: no change, no new file, no ignored file. Reads every file's date. */
export async function isUntouched(git: Git, there: Checkout): Promise<boolean> {
  const look = command(
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--ignored=matching',
    '--no-renames',
    '--ignore-submodules=none',
  )
  const ended = await readFiles(git, there, look)
  return ended.code === 0 && ended.stdout.length === 0
}

async function indexStamp(registration: string): Promise<string> {
  const entry = await lstat(join(registration, 'index')).catch(() => null)
  return entry === null ? '' : [entry.ino, entry.size, entry.mtimeMs, entry.ctimeMs].join(' ')
}

/** What is known of one that was just made and proved untouched; null when it is not as it should be, or a hook would have run in it. */
export async function warmAt(path: string, commit: Oid, relativeHooks: string | null): Promise<WarmWorktree | null> {
  const registration = await registrationIn(path)
  if (registration === null || registration.path !== path || registration.head !== commit) return null
  if (relativeHooks !== null && (await isHookIn(join(path, relativeHooks)))) return null
  return { path, registration: registration.at, commit, indexStamp: await indexStamp(registration.at) }
}

/** The folder of the repository's hooks, where that is a relative one: then each worktree has its own. */
export async function relativeHooksPath(git: Git, checkout: Checkout): Promise<string | null> {
  const ended = await write(git, checkout, command('config', '--get', 'core.hooksPath'))
  const path = ended.code === 0 ? ended.stdout.toString().trimEnd() : ''
  return path === '' || isAbsolute(path) ? null : path
}

/** True when the worktree is still the one that was made, in its place, at its commit; files are not looked at. */
export async function isStillWarm(checkout: Checkout, warm: WarmWorktree): Promise<boolean> {
  const home = await gitDirOf(checkout.path)
  const registration = await registrationIn(warm.path)
  return (
    home !== null &&
    registration?.at === warm.registration &&
    warm.registration.startsWith(join(home.common, 'worktrees', '/')) &&
    registration.path === warm.path &&
    registration.head === warm.commit &&
    registration.locked === LOCK_REASON &&
    (await realPathOf(warm.path)) === warm.path &&
    (await indexStamp(warm.registration)) === warm.indexStamp
  )
}

/** True when nothing is at the place, and git has nothing registered there. */
export async function isVacant(checkout: Checkout, path: string): Promise<boolean> {
  if (await exists(path)) return false
  const place = await placeOf(path)
  return (await registrationsOf(checkout)).every((registration) => registration.path !== place)
}

/** Says where a worktree is, in git's own note of it. Also repairs one whose move was cut off. */
export async function noteMove(registration: string, path: string): Promise<void> {
  await writeFile(join(registration, 'gitdir'), `${join(await placeOf(path), '.git')}\n`)
}

/**
 * Turns a warm worktree into that of a new branch, at another place on the same disk. The caller has made sure that it is
 * still warm and the place vacant. Gives false when git would not have it; the worktree is then where it was to go, still detached.
 */
export async function claimWarmWorktree(
  git: Git,
  checkout: Checkout,
  warm: WarmWorktree,
  { path, branch, from }: { readonly path: string; readonly branch: string; readonly from: Oid },
): Promise<boolean> {
  const name = parseBranchName(branch)
  if (name === null) return false
  await rename(warm.path, path)
  await noteMove(warm.registration, path)
  const there: Checkout = { path, trusted: checkout.trusted }
  const make =
    from === warm.commit
      ? command('switch', '--quiet', '--no-track', '-c', name)
      : command('switch', '--quiet', '--no-track', '-c', name, from)
  const ended = await writeFiles(git, there, make)
  const made = ended.code === 0 ? await registrationIn(path) : null
  return made !== null && branchIn(made) === branch
}
