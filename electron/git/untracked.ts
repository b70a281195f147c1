/** Lets git compare untracked files too: through a private copy of the index. The user's own index is never written. */

import { copyFile, stat, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { command } from './argv.ts'
import { type Checkout, read, readFiles } from './checkout.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import { decodePath, pathBytes, type RepoPath } from './names.ts'
import { gitDirOf } from './places.ts'
import { fieldsOf } from './records.ts'
import { makePrivateFolder } from './private-folders.ts'
import type { Git } from './run.ts'

/** The untracked files that no ignore rule names. A repository inside the worktree is one entry that ends with `/`. */
export async function untrackedFiles(git: Git, checkout: Checkout): Promise<readonly RepoPath[]> {
  const ended = await read(git, checkout, command('ls-files', '--others', '--exclude-standard', '-z'))
  if (ended.code !== 0) throw unexpected(`list the new files in ${checkout.path}`, ended)
  return fieldsOf(ended.stdout).map(decodePath)
}

/** The blob of no bytes; stands in the private index for files whose content git then reads from the worktree. */
const EMPTY_BLOB = {
  40: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  64: '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
} as const

/**
 * Runs the work with an environment in which the given untracked files count as added. Without such files the
 * environment is empty and nothing is copied. The copy is gone when the work has ended.
 */
export async function withUntracked<Value>(
  git: Git,
  checkout: Checkout,
  { files, digits }: { files: readonly RepoPath[]; digits: number },
  work: (env: Environment) => Promise<Value>,
): Promise<Value> {
  const added = files.filter((path) => !path.endsWith('/'))
  const gitDir = added.length === 0 ? null : await gitDirOf(checkout.path)
  if (gitDir === null) return work({})
  const folder = await makePrivateFolder('index')
  try {
    const index = join(folder, 'index')
    const known = await copyFile(join(gitDir.own, 'index'), index).then(
      () => true,
      () => false,
    )
    // A worktree whose index is missing has no tracked file; an empty file would be refused as a damaged index.
    if (known && (await stat(index)).size === 0) await unlink(index)
    const env = { GIT_INDEX_FILE: index }
    const blob = digits === 64 ? EMPTY_BLOB[64] : EMPTY_BLOB[40]
    const entries = added.map((path) => Buffer.concat([Buffer.from(`100644 ${blob}\t`), pathBytes(path), Buffer.of(0)]))
    // Whoever writes an index compares files that are as young as it is, and so runs their clean filters.
    const ended = await readFiles(
      git,
      checkout,
      command('-c', 'core.splitIndex=false', '-c', 'core.fsmonitor=false', 'update-index', '-z', '--index-info'),
      { env, stdin: Buffer.concat(entries) },
    )
    if (ended.code !== 0) throw unexpected(`read the new files in ${checkout.path}`, ended)
    return await work(env)
  } finally {
    await removeFolder({ path: folder, root: tmpdir() })
  }
}
