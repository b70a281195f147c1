/**
 * Keeps what of a worktree is not committed, and puts it back: one commit whose tree is the files; its parents are HEAD and a commit of the
 * index, so that staged stays staged. Writes neither the user's index nor HEAD, stash or files. Knows nothing of sessions.
 */

import { command, limitedTo } from './argv.ts'
import { type Checkout, read, write } from './checkout.ts'
import { GitError, unexpected } from './failure.ts'
import { asPaths, listOf, type Look, notes, oidOf } from './look.ts'
import { type Oid, parseOid, parseRef, peeled, type Ref, type RepoPath } from './names.ts'
import { withPrivateIndex } from './private-index.ts'
import { lineOf } from './records.ts'
import { createRef } from './refs.ts'
import type { Ended, Git } from './run.ts'

const SUBJECT = 'sluice: what was not committed'

/** Who a snapshot is by: no user need have told git a name. */
const AUTHOR = {
  GIT_AUTHOR_NAME: 'Sluice',
  GIT_AUTHOR_EMAIL: 'sluice@localhost',
  GIT_COMMITTER_NAME: 'Sluice',
  GIT_COMMITTER_EMAIL: 'sluice@localhost',
} as const

/** Makes the commit of a look, and the ref that keeps it. `named`: the ref without its number, should it be taken. */
export async function keepLook(
  git: Git,
  repository: Checkout,
  look: Look,
  named: string,
): Promise<{ readonly oid: Oid; readonly ref: Ref }> {
  const make = ['-c', 'i18n.commitEncoding=UTF-8', 'commit-tree'] as const
  const staged = await oidOf(
    write(git, repository, command(...make, '-p', look.head, '-F', '-', look.index), {
      env: AUTHOR,
      stdin: Buffer.from('sluice: the index\n'),
    }),
    'keep the index',
  )
  const message = `${SUBJECT}\n\n${JSON.stringify(look.notes)}\n`
  const oid = await oidOf(
    write(git, repository, command(...make, '-p', look.head, '-p', staged, '-F', '-', look.files), {
      env: AUTHOR,
      stdin: Buffer.from(message),
    }),
    'keep the snapshot',
  )
  return { oid, ref: await keepCommit(git, repository, oid, named) }
}

/** Makes a ref that keeps a commit; one that is there already stays. */
export async function keepCommit(git: Git, repository: Checkout, oid: Oid, named: string): Promise<Ref> {
  for (let number = 1; number < 1000; number += 1) {
    const ref = parseRef(number === 1 ? named : `${named}-${number}`)
    if (ref === null) throw new GitError('failed', `Git allows no ref called “${named}”.`)
    if ((await createRef(git, repository, { ref, to: oid })) === 'created') return ref
  }
  throw new GitError('failed', `There are too many refs called “${named}”.`)
}

/** The tree, the parents and the message of a commit object. */
function partsOf(text: string): { readonly tree: Oid | null; readonly parents: readonly Oid[]; readonly message: string } {
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, end).split('\n')
  const named = (name: string): readonly Oid[] =>
    lines.filter((one) => one.startsWith(`${name} `)).flatMap((one) => parseOid(one.slice(name.length + 1)) ?? [])
  return { tree: named('tree')[0] ?? null, parents: named('parent'), message: text.slice(end + 2) }
}

/** Reads a snapshot back; null when the commit is none, or is gone. */
export async function readSnapshot(git: Git, repository: Checkout, oid: Oid): Promise<Look | null> {
  const shown = await read(git, repository, command('cat-file', 'commit', oid))
  if (shown.code !== 0) return null
  const { tree, parents, message } = partsOf(shown.stdout.toString())
  const [head, staged] = parents
  const body = message.split('\n').find((one) => one.startsWith('{'))
  if (tree === null || head === undefined || staged === undefined || body === undefined) return null
  const parsed = notes.safeParse(JSON.parse(body))
  const index = await read(git, repository, command('rev-parse', '--verify', '--quiet', peeled(staged, 'tree')))
  const indexTree = index.code === 0 ? parseOid(lineOf(index.stdout)) : null
  return parsed.success && indexTree !== null
    ? { head, index: indexTree, files: tree, notes: parsed.data, committed: false }
    : null
}

/** Puts a snapshot into a fresh worktree that is at its head: staged is staged again, new files are new, every file has its bytes. */
export async function applySnapshot(git: Git, there: Checkout, snapshot: Look): Promise<void> {
  const own: Checkout = { path: there.path, trusted: true }
  await done(write(git, own, command('read-tree', '-m', '-u', snapshot.head, snapshot.index)), 'put the index back')
  const paths = await differing(git, there, snapshot)
  await withPrivateIndex(git, there, async (index) => {
    await done(index.change(command('read-tree', '-m', '-u', snapshot.index, snapshot.files)), 'put the files back')
    const filtered = new Set<string>(snapshot.notes.filtered)
    const raw = paths.filter((path) => !filtered.has(path))
    if (raw.length === 0) return
    // An index that knows nothing of the files writes them all.
    await done(index.changeRaw(command('read-tree', '--empty')), 'put the files back')
    await done(index.changeRaw(command('read-tree', snapshot.files)), 'put the files back')
    await done(
      index.changeRaw(command('checkout-index', '--force', '-z', '--stdin'), { stdin: listOf(raw) }),
      'put the files back',
    )
  })
  const { intentToAdd, assumeUnchanged, skipWorktree } = snapshot.notes
  const announce = command(
    '--literal-pathspecs',
    'add',
    '--force',
    '--intent-to-add',
    '--pathspec-from-file=-',
    '--pathspec-file-nul',
  )
  for (const [how, those] of [
    [announce, intentToAdd],
    [command('update-index', '--assume-unchanged', '-z', '--stdin'), assumeUnchanged],
    [command('update-index', '--skip-worktree', '-z', '--stdin'), skipWorktree],
  ] as const) {
    if (those.length > 0) await done(write(git, own, how, { stdin: listOf(those as RepoPath[]) }), 'put the index back')
  }
  // Says nothing of the user's changes: git only learns again which files it need not compare.
  await write(git, own, command('update-index', '-q', '--refresh'))
}

async function done(ended: Promise<Ended>, doing: string): Promise<void> {
  const result = await ended
  if (result.code !== 0) throw unexpected(doing, result)
}

/** The files that are not as the index has them, without those that were deleted. */
async function differing(git: Git, there: Checkout, { index, files }: Look): Promise<readonly RepoPath[]> {
  const compare = command(
    'diff-tree',
    '-r',
    '--no-renames',
    '--no-ext-diff',
    '--diff-filter=d',
    '--name-only',
    '-z',
    index,
    files,
  )
  const ended = await read(git, there, limitedTo(compare, []))
  if (ended.code !== 0) throw unexpected('compare a snapshot', ended)
  return asPaths(ended.stdout)
}
