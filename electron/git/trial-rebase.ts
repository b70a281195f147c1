/** Tries a rebase without a worktree: in a private repository of a moment that only borrows the objects. Nothing is written into the user's, nothing of it is run. */

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import type { Environment } from './environment.ts'
import { GitError, lastWords, unexpected } from './failure.ts'
import { quoted } from './merge-tree.ts'
import { type Oid, parseOid } from './names.ts'
import { gitDirOf } from './places.ts'
import { makePrivateFolder } from './private-folders.ts'
import { type Rebased, rebaseOnto, unmergedFiles } from './rebase.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

/** Who commits here is nobody: the commits are gone in a moment. */
const NOBODY: Environment = { GIT_COMMITTER_NAME: 'nobody', GIT_COMMITTER_EMAIL: 'nobody@localhost' }

/** Settings of the repository that say how two versions are merged. Those of the user apply anyway. */
const MERGING =
  /^(?:merge\.(?:renames|renamelimit|directoryrenames|conflictstyle|renormalize)|diff\.(?:renames|renamelimit)|core\.(?:autocrlf|eol|ignorecase|filemode|symlinks|precomposeunicode|bigfilethreshold))$/u

/**
 * What `rebase` would come to, found with no file checked out but those in conflict. `base` is where the two parted, null when never.
 * No hook, filter or merge driver runs: a file that a driver would merge never counts as a conflict.
 */
export async function trialRebase(
  git: Git,
  checkout: Checkout,
  { branchHead, onto, base }: { readonly branchHead: Oid; readonly onto: Oid; readonly base: Oid | null },
): Promise<Rebased> {
  if (base === branchHead) return { kind: 'empty' }
  if (base === onto) {
    return (await sameFiles(git, checkout, branchHead, onto)) ? { kind: 'empty' } : { kind: 'up-to-date', head: branchHead }
  }
  const folder = await makePrivateFolder('merge')
  try {
    // A folder with a “.git” is somebody's work, and would not be removed.
    const env = { ...NOBODY, GIT_DIR: join(folder, 'store'), GIT_WORK_TREE: join(folder, 'files') }
    await furnish(git, checkout, env, branchHead)
    const here: Checkout = { path: env.GIT_WORK_TREE, trusted: false }
    const loaded = await read(git, here, command('read-tree', '-m', '-u', branchHead), { env })
    if (loaded.code !== 0) throw unexpected('read a commit', loaded)
    const ended = await read(git, here, rebaseOnto(onto), { env })
    if (ended.code !== 0) {
      const files = await unmergedFiles(git, here, env)
      if (files.length > 0) return { kind: 'conflicts', files }
      return { kind: 'failed', message: lastWords(ended.stderr) || lastWords(ended.stdout.toString()) }
    }
    const head = parseOid((await readFile(join(env.GIT_DIR, 'HEAD'), 'utf8')).trim())
    if (head === null) return { kind: 'failed', message: 'Git left no result.' }
    return head === onto || (await sameFiles(git, here, head, onto, env)) ? { kind: 'empty' } : { kind: 'rebased', head }
  } finally {
    await removeFolder({ path: folder, root: tmpdir() })
  }
}

async function sameFiles(git: Git, checkout: Checkout, a: Oid, b: Oid, env: Environment = {}): Promise<boolean> {
  const ended = await read(git, checkout, limitedTo(command('diff-tree', '--quiet', '--no-ext-diff', '--no-renames', a, b), []), {
    env,
  })
  if (ended.code > 1) throw unexpected('compare two commits', ended)
  return ended.code === 0
}

/** Makes the repository: HEAD at the commit, the objects of the other one, and no file of it wanted on disk. */
async function furnish(
  git: Git,
  checkout: Checkout,
  { GIT_DIR: own, GIT_WORK_TREE: files }: { readonly GIT_DIR: string; readonly GIT_WORK_TREE: string },
  head: Oid,
): Promise<void> {
  const gitDir = await gitDirOf(checkout.path)
  if (gitDir === null) throw new GitError('folder-missing', `The folder ${checkout.path} is no checkout any more.`)
  await mkdir(files)
  for (const name of ['objects/info', 'refs', 'info']) await mkdir(join(own, name), { recursive: true })
  await writeFile(join(own, 'HEAD'), `${head}\n`)
  await writeFile(join(own, 'objects/info/alternates'), `${quoted(join(gitDir.common, 'objects'))}\n`)
  await writeFile(join(own, 'info/sparse-checkout'), '')
  await writeFile(join(own, 'config'), await settingsFor(git, checkout, head))
  for (const name of ['shallow', 'info/attributes']) {
    await copyFile(join(gitDir.common, name), join(own, name)).catch(() => undefined)
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}

/** One command for all of a kind takes the place of every one that is set, the user's own too. */
function silenced(kind: 'merge' | 'filter', name: string): string {
  const lines = kind === 'merge' ? ['driver = true'] : ['clean =', 'smudge =', 'process =', 'required = false']
  return [`[${kind} "${escaped(name)}"]`, ...lines.map((line) => `\t${line}`), ''].join('\n')
}

async function settingsFor(git: Git, checkout: Checkout, head: Oid): Promise<string> {
  const ended = await read(git, checkout, command('config', '--list', '-z'))
  if (ended.code !== 0) throw unexpected('read the settings of the repository', ended)
  const lines = [
    '[core]\n\tbare = false\n\tlogAllRefUpdates = false\n\tsparseCheckout = true\n\tsparseCheckoutCone = false',
    head.length === 64 ? '\trepositoryFormatVersion = 1\n[extensions]\n\tobjectFormat = sha256' : '\trepositoryFormatVersion = 0',
  ]
  const programs = new Map<string, string>()
  for (const field of fieldsOf(ended.stdout)) {
    const entry = field.toString()
    const end = entry.indexOf('\n')
    const [key, value] = end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)]
    const [, kind, name] = /^(merge|filter)\.(.*)\.[^.]*$/su.exec(key) ?? []
    if ((kind === 'merge' || kind === 'filter') && name !== undefined && !/\n/u.test(name)) {
      programs.set(`${kind} ${name}`, silenced(kind, name))
    } else if (MERGING.test(key)) {
      const [section, variable] = key.split('.')
      lines.push(`[${section}]\n\t${variable} = "${escaped(value)}"`)
    }
  }
  return [...lines, ...programs.values(), ''].join('\n')
}
