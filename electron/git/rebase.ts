/** Rebases one branch's commits in a private, detached worktree. Moves no branch; leaves nothing mid-rebase. */

import { type Command, command, limitedTo } from './argv.ts'
import { type Checkout, read, writeFiles } from './checkout.ts'
import type { Environment } from './environment.ts'
import { GitError, lastWords, unexpected } from './failure.ts'
import { decodePath, type Oid, parseOid, peeled, type RepoPath } from './names.ts'
import { gitDirOf, operationIn } from './places.ts'
import { fieldsOf } from './records.ts'
import { currentBranch, headOf, isAncestor } from './refs.ts'
import type { Git } from './run.ts'
import { worktreeIsPristine } from './status.ts'

export type Rebased =
  | { readonly kind: 'rebased'; readonly head: Oid }
  /** The branch already stands on `onto`; `head` is the branch's own. */
  | { readonly kind: 'up-to-date'; readonly head: Oid }
  /** Nothing is left that `onto` lacks. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'conflicts'; readonly files: readonly RepoPath[] }
  | { readonly kind: 'failed'; readonly message: string }

// Settings of the user that would move other refs, stash, record resolutions, or put lines of their own into the plan.
const PLAIN = [
  '-c',
  'rebase.updateRefs=false',
  '-c',
  'rebase.autoStash=false',
  '-c',
  'rebase.autoSquash=false',
  '-c',
  'rebase.rebaseMerges=false',
  '-c',
  'rebase.missingCommitsCheck=ignore',
  '-c',
  'rebase.instructionFormat=%s',
  '-c',
  'rebase.backend=merge',
  '-c',
  'rerere.enabled=false',
  '-c',
  'advice.skippedCherryPicks=false',
] as const

/** The command that replays what HEAD has and `onto` lacks: the same one for a trial. */
export function rebaseOnto(onto: Oid): Command {
  return command(...PLAIN, 'rebase', '--empty=drop', '--no-fork-point', '--no-stat', '--no-gpg-sign', '--no-autostash', onto)
}

/**
 * Replays what `branchHead` has and `onto` lacks on top of `onto`, in the checkout given: a worktree of ours with a
 * detached HEAD and no changes. Its HEAD is then at the result, or at `branchHead` when there was none. Merges are flattened.
 * Commits are not signed: a signature is the user's word, and the key may ask for a passphrase.
 */
export async function rebase(
  git: Git,
  checkout: Checkout,
  { branchHead, onto }: { branchHead: Oid; onto: Oid },
): Promise<Rebased> {
  if ((await currentBranch(git, checkout)) !== null)
    return failed(`a branch is checked out in ${checkout.path}, and it must not be moved`)
  if (!(await worktreeIsPristine(git, checkout))) return failed(`${checkout.path} has changes`)
  if (await isAncestor(git, checkout, { ancestor: branchHead, of: onto })) return { kind: 'empty' }
  const out = await writeFiles(git, checkout, limitedTo(command('checkout', '--quiet', '--detach', branchHead), []))
  if (out.code !== 0) return failed(lastWords(out.stderr))
  if (await isAncestor(git, checkout, { ancestor: onto, of: branchHead })) {
    return (await sameTree(git, checkout, branchHead, onto)) ? { kind: 'empty' } : { kind: 'up-to-date', head: branchHead }
  }

  const ended = await writeFiles(git, checkout, rebaseOnto(onto))
  if (ended.code === 0) return judged(git, checkout, onto)
  const files = await unmergedFiles(git, checkout)
  await abort(git, checkout, branchHead)
  return files.length > 0 ? { kind: 'conflicts', files } : failed(lastWords(ended.stderr) || lastWords(ended.stdout.toString()))
}

function failed(why: string): Rebased {
  const said = why === '' ? 'it gave no reason' : why
  return { kind: 'failed', message: `Git could not rebase: ${said}${/[.!?…]$/u.test(said) ? '' : '.'}` }
}

async function judged(git: Git, checkout: Checkout, onto: Oid): Promise<Rebased> {
  const head = await headOf(git, checkout)
  if (head === null || !(await isAncestor(git, checkout, { ancestor: onto, of: head }))) {
    return failed('the result does not stand on the target')
  }
  return head === onto || (await sameTree(git, checkout, head, onto)) ? { kind: 'empty' } : { kind: 'rebased', head }
}

async function sameTree(git: Git, checkout: Checkout, a: Oid, b: Oid): Promise<boolean> {
  const trees = await Promise.all([a, b].map((oid) => read(git, checkout, command('rev-parse', '--verify', peeled(oid, 'tree')))))
  for (const tree of trees) if (tree.code !== 0) throw unexpected('compare two commits', tree)
  const [one, other] = trees.map(({ stdout }) => parseOid(stdout.toString().trim()))
  return one === other
}

/** The files that git could not merge here, each once. */
export async function unmergedFiles(git: Git, checkout: Checkout, env: Environment = {}): Promise<readonly RepoPath[]> {
  const ended = await read(git, checkout, command('ls-files', '--unmerged', '-z'), { env })
  if (ended.code !== 0) return []
  const paths = fieldsOf(ended.stdout).map((field) => decodePath(field.subarray(field.indexOf(0x09) + 1)))
  return [...new Set(paths)]
}

async function abort(git: Git, checkout: Checkout, branchHead: Oid): Promise<void> {
  const gitDir = await gitDirOf(checkout.path)
  if (gitDir !== null && (await operationIn(gitDir)) === null && (await headOf(git, checkout)) === branchHead) return
  const ended = await writeFiles(git, checkout, command('rebase', '--abort'))
  if (ended.code !== 0) throw unexpected(`take back the rebase in ${checkout.path}`, ended)
  if (gitDir === null || (await operationIn(gitDir)) !== null || (await headOf(git, checkout)) !== branchHead) {
    throw new GitError(
      'failed',
      `Git did not take back the rebase in ${checkout.path}. That worktree is Sluice's own; remove it and try again.`,
    )
  }
}
