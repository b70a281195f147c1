/** Opens a folder as a repository, without running anything that the repository has configured. */

import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { GitError, lastWords } from './failure.ts'
import { gitDirOf, realPathOf } from './places.ts'
import { lineOf } from './records.ts'
import { headOf } from './refs.ts'
import type { Git } from './run.ts'
import { listWorktrees } from './worktrees.ts'

export type Opened = {
  /** The real path of the main checkout, also when a folder inside it or a linked worktree was opened. */
  readonly root: string
  /** The real path of the git folder that all worktrees share. */
  readonly commonDir: string
}

export type OpenFailure = 'not-a-repository' | 'bare' | 'no-commits' | 'unreadable' | 'no-git'

/** Finds the repository of a folder. Every failure says what to do. */
export async function openRepository(git: Git, path: string): Promise<Result<Opened, OpenFailure>> {
  try {
    return await open(git, path)
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    if (error.kind === 'no-git') return fail('no-git', error.message)
    return fail('unreadable', `The repository at ${path} could not be read. ${error.message}`)
  }
}

async function open(git: Git, path: string): Promise<Result<Opened, OpenFailure>> {
  const entry = await stat(path).catch(() => null)
  if (entry === null) return fail('not-a-repository', `There is no folder ${path}. Open the folder of a git repository.`)
  if (!entry.isDirectory()) return fail('not-a-repository', `${path} is not a folder. Open the folder of a git repository.`)

  const given: Checkout = { path, trusted: false }
  const kind = await read(git, given, command('rev-parse', '--is-bare-repository', '--is-inside-work-tree'))
  if (kind.code !== 0) return unopened(path, kind.stderr)
  const [bare, inWorktree] = kind.stdout.toString().split('\n')
  if (bare === 'true') return fail('bare', bareSentence(path))
  if (inWorktree !== 'true') {
    return fail(
      'not-a-repository',
      `${path} belongs to the inside of a repository. Open the folder that holds the files instead.`,
    )
  }
  const top = await read(git, given, command('rev-parse', '--show-toplevel'))
  if (top.code !== 0) return unopened(path, top.stderr)
  return atCheckout(git, lineOf(top.stdout))
}

/** Takes the top folder of any checkout; finds the main one. */
async function atCheckout(git: Git, top: string): Promise<Result<Opened, OpenFailure>> {
  const gitDir = await gitDirOf(top)
  const here = await realPathOf(top)
  if (gitDir === null || here === null) {
    return fail(
      'unreadable',
      `The repository's settings name ${top} as the place of its files, which is not a checkout. Check “core.worktree”.`,
    )
  }
  let root = here
  if (gitDir.own !== gitDir.common) {
    const [main] = await listWorktrees(git, { path: here, trusted: false })
    if (main?.bare === true) return fail('bare', bareSentence(dirname(gitDir.common)))
    const real = main === undefined ? null : await realPathOf(main.path)
    const its = real === null ? null : await gitDirOf(real)
    if (real === null || its === null || its.own !== gitDir.common) {
      return fail('unreadable', `${top} is a linked worktree whose main checkout was not found. Open the main checkout itself.`)
    }
    root = real
  }
  const checkout: Checkout = { path: root, trusted: false }
  if ((await headOf(git, checkout)) === null && !(await hasBranches(git, checkout))) {
    return fail(
      'no-commits',
      `The repository ${root} has no commit yet. Make a first one (“git add -A && git commit”), then open it again.`,
    )
  }
  return ok({ root, commonDir: gitDir.common })
}

async function hasBranches(git: Git, checkout: Checkout): Promise<boolean> {
  const ended = await read(git, checkout, command('for-each-ref', '--count=1', '--format=%(refname)', 'refs/heads/'))
  return ended.code === 0 && ended.stdout.length > 0
}

function bareSentence(path: string): string {
  return `The repository ${path} is bare: it has no files to work on. Clone it (“git clone ${path}”) and open the clone.`
}

function unopened(path: string, stderr: string): Result<never, OpenFailure> {
  if (/not a git repository/iu.test(stderr)) {
    return fail(
      'not-a-repository',
      `${path} is not a git repository. Open another folder, or run “git init” there and make a first commit.`,
    )
  }
  if (/dubious ownership/iu.test(stderr)) {
    return fail(
      'unreadable',
      `The repository ${path} belongs to another user of this computer, so git refuses to read it. ` +
        `If you trust it, run “git config --global --add safe.directory ${path}”, then open it again.`,
    )
  }
  return fail('unreadable', `Git cannot read the repository ${path}: ${lastWords(stderr)}`)
}

/** Null when commits can be made here; else a sentence that says what to set. Never lets git guess a name from the computer's. */
export async function identityProblem(git: Git, checkout: Checkout): Promise<string | null> {
  const ended = await read(git, checkout, command('-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT'))
  if (ended.code === 0) return null
  return (
    'Git does not know your name and address, which every commit carries. ' +
    'Run git config --global user.name "Your Name" and git config --global user.email "you@example.com", then try again.'
  )
}
