/**
 * Commits what is not committed in a worktree as the user would: with name, hooks and signing of theirs. The index is as it was where
 * that fails. Knows nothing of sessions; the user must have trusted the repository.
 */

import { command } from './argv.ts'
import { type Checkout, read, writeFiles } from './checkout.ts'
import { asFailed, GitError, unexpected } from './failure.ts'
import { type Oid, parseRef, type RepoPath, short } from './names.ts'
import { keepIndex } from './kept-index.ts'
import { createRef, headOf } from './refs.ts'
import { identityProblem } from './repository.ts'
import type { Ended, Git } from './run.ts'
import { status } from './status.ts'
import { toldAfter } from './told.ts'
import { hasFile } from './drop-path.ts'
import { listOf } from './look.ts'

export type Committed =
  | { readonly kind: 'committed'; readonly head: Oid }
  /** There is nothing that a commit could hold. */
  | { readonly kind: 'nothing' }
  /** Another commit or another branch is checked out than the one meant. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly message: string }

export type Commit = {
  readonly branch: string
  /** What the user saw checked out. */
  readonly from: Oid
  readonly message: string
  /** The commit takes the place of `from`, whose old state is kept under this name below `refs/sluice/backup/`. */
  readonly amend: string | null
  /** A file at the top that is never committed, unless `from` has it. */
  readonly leaveOut: RepoPath
}

/** The words are git's own; everything else is in the user's language and alphabet. */
const THEIRS = { LC_ALL: undefined, LC_MESSAGES: 'C' } as const

const refused = (message: string): Committed => ({ kind: 'refused', message })

/** Commits everything of a worktree, new files included. What is ignored stays ignored. */
export async function commitAll(git: Git, worktree: Checkout, commit: Commit): Promise<Committed> {
  const { branch, from, amend, leaveOut } = commit
  const nameless = await identityProblem(git, worktree)
  if (nameless !== null) return refused(nameless)
  const now = await status(git, worktree)
  if (now.head !== from || now.branch !== branch) return { kind: 'moved' }
  if (now.operation !== undefined)
    return refused(`A ${now.operation} is unfinished in ${worktree.path}. Finish or abort it, then try again.`)
  const nested = now.changes.find(({ kind, path }) => kind === 'untracked' && path.endsWith('/'))
  if (nested !== undefined)
    return refused(
      `“${nested.path}” is a repository of its own, which a commit would not hold. Move it out of the worktree, or let git ignore it.`,
    )
  const isOurs = !(await hasFile(git, worktree, from, leaveOut))
  const isWork = now.changes.some(({ path }) => !(isOurs && path === leaveOut))
  if (!isWork && amend === null) return { kind: 'nothing' }

  const putBack = await keepIndex(worktree)
  const done = await tried(git, worktree, commit, { isWork, leaveOut: isOurs ? leaveOut : null }).catch(asRefusal)
  if (done.kind === 'committed') return done
  const head = await headOf(git, worktree)
  // Where a commit was made after all, the index belongs to that one.
  if (head === from) await putBack()
  else if (done.kind === 'refused') return refused(`There is a new commit, and yet git said no. ${done.message}`)
  return done
}

function asRefusal(error: unknown): Committed {
  if (!(error instanceof GitError)) throw error
  return refused(error.message)
}

type How = { readonly isWork: boolean; readonly leaveOut: RepoPath | null }

async function tried(
  git: Git,
  worktree: Checkout,
  { from, message, amend }: Commit,
  { isWork, leaveOut }: How,
): Promise<Committed> {
  if (isWork) {
    const added = await writeFiles(git, worktree, command('add', '--all', '--', ':/'), { env: THEIRS })
    if (added.code !== 0) return refused(toldAfter('Git could not take every file into the commit', added))
  }
  if (leaveOut !== null) {
    const left = await writeFiles(git, worktree, command('update-index', '--force-remove', '-z', '--stdin'), {
      stdin: listOf([leaveOut]),
    })
    if (left.code !== 0) throw unexpected('leave a file out of a commit', left)
  }
  const staged = await hasStaged(git, worktree, from)
  if (!staged && amend === null) return { kind: 'nothing' }
  if (amend !== null) {
    const kept = await keepOld(git, worktree, amend, from)
    if (kept !== null) return kept
  }
  const ended = await give(git, worktree, { message, isAmend: amend !== null, mayBeEmpty: !staged })
  const head = ended.code === 0 ? await headOf(git, worktree) : null
  if (ended.code === 0 && head !== null && head !== from) return { kind: 'committed', head }
  if (ended.code === 0) return { kind: 'nothing' }
  return refused(toldAfter('Git did not commit', ended))
}

async function hasStaged(git: Git, worktree: Checkout, from: Oid): Promise<boolean> {
  const ended = await read(git, worktree, command('diff-index', '--cached', '--quiet', '--no-ext-diff', from))
  if (ended.code > 1) throw unexpected('compare the index with the last commit', ended)
  return ended.code === 1
}

async function keepOld(git: Git, worktree: Checkout, name: string, from: Oid): Promise<Committed | null> {
  const ref = parseRef(`refs/sluice/backup/${name}/${short(from)}`)
  if (ref === null) return refused(`“${name}” cannot be the name of a branch.`)
  // One that is there has the same commit, as its name says.
  await createRef(git, worktree, { ref, to: from })
  return null
}

/** A background command never signs; this one is the user's, and signs where theirs would. */
async function signs(git: Git, worktree: Checkout): Promise<boolean> {
  const ended = await read(git, worktree, command('config', '--type=bool', '--get', 'commit.gpgSign'))
  return ended.code === 0 && ended.stdout.toString().trim() === 'true'
}

async function give(
  git: Git,
  worktree: Checkout,
  { message, isAmend, mayBeEmpty }: { readonly message: string; readonly isAmend: boolean; readonly mayBeEmpty: boolean },
): Promise<Ended> {
  const sign: readonly '--gpg-sign'[] = (await signs(git, worktree)) ? ['--gpg-sign'] : []
  const into: readonly '--amend'[] = isAmend ? ['--amend'] : []
  // Only its message becomes another one.
  const empty: readonly '--allow-empty'[] = isAmend && mayBeEmpty ? ['--allow-empty'] : []
  const made = command('commit', '--quiet', '--cleanup=whitespace', '--file=-', ...sign, ...into, ...empty)
  return writeFiles(git, worktree, made, { env: THEIRS, stdin: Buffer.from(`${message}\n`) }).catch((error: unknown) => ({
    ...asFailed(error),
    stdout: Buffer.alloc(0),
    truncated: false,
  }))
}
