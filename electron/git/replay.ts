/** Puts work onto another commit without a worktree, to be looked at only: everything it makes lies in a store that is gone afterwards. */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { type Command, command, limitedTo, portions } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import { mergedTree } from './merge-tree.ts'
import { absent, decodePath, type Oid, parseOid, pathBytes, peeled, type RepoPath } from './names.ts'
import { makePrivateFolder } from './private-folders.ts'
import { fieldsOf, lineOf, wordsThenRest } from './records.ts'
import type { Git } from './run.ts'

/** Nobody's: the commit that it signs is never seen. */
const NOBODY: Environment = {
  GIT_AUTHOR_NAME: 'nobody',
  GIT_AUTHOR_EMAIL: 'nobody@invalid',
  GIT_COMMITTER_NAME: 'nobody',
  GIT_COMMITTER_EMAIL: 'nobody@invalid',
}

export type Work = { readonly base: Oid; readonly head: Oid }

/** `unmerged`: files that both sides changed in the same place; the tree has them as the commit does onto which the work was put. */
export type Replayed = { readonly tree: Oid; readonly unmerged: readonly RepoPath[] }

/** Puts what lies between `base` and `head` onto another commit. `env` is that of `withTrialStore`. */
export async function replay(git: Git, checkout: Checkout, { base, head }: Work, onto: Oid, env: Environment): Promise<Replayed> {
  const run = async (doing: string, given: Command, more: { env?: Environment; stdin?: Uint8Array } = {}): Promise<Buffer> => {
    const ended = await read(git, checkout, given, { ...more, env: { ...env, ...more.env } })
    if (ended.code !== 0) throw unexpected(doing, ended)
    return ended.stdout
  }
  const oidFrom = (output: Buffer): Oid => {
    const oid = parseOid(lineOf(output))
    if (oid === null) throw new Error('Git named no object.')
    return oid
  }
  // A merge begins where two histories parted: this commit has the files of the one and the parent of the other.
  const other = await run('make a commit', command('commit-tree', '-m', 'onto', '-p', base, peeled(onto, 'tree')), {
    env: NOBODY,
  })
  const { tree, isClean, conflicts } = await mergedTree(git, checkout, [oidFrom(other), head], env)
  if (isClean) return { tree, unmerged: [] }

  const folder = await makePrivateFolder('index')
  try {
    const index = { GIT_INDEX_FILE: join(folder, 'index') }
    const names = [...new Set(conflicts)]
    const there = new Map<RepoPath, Buffer>()
    for (const part of portions(names)) {
      const list = limitedTo(command('ls-tree', '-r', '-z', '--full-tree', onto), part)
      for (const entry of fieldsOf(await run('list files', list))) {
        const tab = entry.indexOf(0x09)
        const [mode = '', , blob = ''] = entry.toString('latin1', 0, tab).split(' ')
        const path = entry.subarray(tab + 1)
        there.set(decodePath(path), Buffer.concat([Buffer.from(`${mode} ${blob}\t`), path]))
      }
    }
    // One that has another name there may have been moved by the work: then what the work took away counts as unmerged, too.
    if (names.some((name) => !there.has(name))) {
      const gone = command('diff-tree', '-r', '-z', '--no-renames', '--diff-filter=D', onto, tree)
      const fields = fieldsOf(await run('compare two trees', gone))
      for (let at = 0; at + 1 < fields.length; at += 2) {
        const { words } = wordsThenRest(fields[at] ?? Buffer.alloc(0), 4)
        const path = fields[at + 1] ?? Buffer.alloc(0)
        const mode = words[0]?.slice(1) ?? ''
        there.set(decodePath(path), Buffer.concat([Buffer.from(`${mode} ${words[2] ?? ''}\t`), path]))
      }
    }
    const removed = names.filter((name) => !there.has(name))
    const lines = [
      ...removed.map((name) => Buffer.concat([Buffer.from(`0 ${absent(tree)}\t`), pathBytes(name)])),
      ...there.values(),
    ]
    await run('read a tree', command('read-tree', tree), { env: index })
    await run('change a tree', command('-c', 'core.splitIndex=false', 'update-index', '-z', '--index-info'), {
      env: index,
      stdin: Buffer.concat(lines.flatMap((line) => [line, Buffer.of(0)])),
    })
    return {
      tree: oidFrom(await run('make a tree', command('write-tree'), { env: index })),
      unmerged: [...there.keys()].toSorted(),
    }
  } finally {
    await removeFolder({ path: folder, root: tmpdir() })
  }
}
