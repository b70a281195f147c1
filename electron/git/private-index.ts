/** Runs git on a worktree with an index of our own, so that the user's is never written. Knows how a file can be kept byte for byte. */

import { copyFile, mkdir, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { type Command, command } from './argv.ts'
import { type Checkout, type Extra, read, readFiles, write, writeFiles } from './checkout.ts'
import type { Environment } from './environment.ts'
import { GitError, unexpected } from './failure.ts'
import { type GitDir, gitDirOf } from './places.ts'
import { makePrivateFolder } from './private-folders.ts'
import type { Ended, Git } from './run.ts'

export type PrivateIndex = {
  readonly file: string
  readonly gitDir: GitDir
  /** Git as the user would run it here, with our index. */
  run(command: Command, extra?: Extra): Promise<Ended>
  /** The same for what writes objects or files: filters run, as `git add` and `git checkout` would run them. */
  change(command: Command, extra?: Extra): Promise<Ended>
  /** The same without any conversion: files are read and written byte for byte, nothing of the repository runs. */
  changeRaw(command: Command, extra?: Extra): Promise<Ended>
}

/** Highest of all attributes: what a file is stays what it is. */
const AS_IT_IS = '* -text -ident !eol !filter !working-tree-encoding\n'
/** What the system can do with names, links and modes; the rest of the settings is about conversions. */
const KEPT =
  /^core\.(?:filemode|symlinks|ignorecase|precomposeunicode|longpaths|trustctime|checkstat|protecthfs|protectntfs|bigfilethreshold|compression|loosecompression)$/u
/** An index is a plain one, and nobody is asked which files changed: every file is looked at. */
const PLAIN = [
  '-c',
  'core.splitIndex=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'index.sparse=false',
] as const

/** A git folder that shares the objects of the repository and none of its attributes and filters. */
async function makeRawGitDir(
  git: Git,
  { path }: Checkout,
  real: Environment,
  folder: string,
  objects: string,
): Promise<Environment> {
  const place: Checkout = { path, trusted: true }
  const listed = await read(git, place, command('config', '--list', '-z'), { env: real })
  const format = await read(git, place, command('rev-parse', '--show-object-format'), { env: real })
  if (listed.code !== 0 || format.code !== 0) throw unexpected('read the settings of the repository', listed)
  const kept = listed.stdout
    .toString()
    .split('\0')
    .map((line) => line.split('\n'))
    .flatMap(([key, value]) =>
      key !== undefined && value !== undefined && KEPT.test(key) ? [`\t${key.slice('core.'.length)} = ${value}`] : [],
    )
  const sha256 = format.stdout.toString().trim() === 'sha256'
  const dir = join(folder, 'raw')
  await mkdir(join(dir, 'info'), { recursive: true })
  await mkdir(join(dir, 'refs'))
  await mkdir(join(dir, 'objects'))
  await writeFile(join(dir, 'HEAD'), 'ref: refs/heads/none\n')
  await writeFile(join(dir, 'info', 'attributes'), AS_IT_IS)
  const extensions = sha256 ? '[extensions]\n\tobjectformat = sha256\n' : ''
  await writeFile(
    join(dir, 'config'),
    `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tbare = false\n${kept.join('\n')}\n${extensions}`,
  )
  return {
    ...real,
    GIT_DIR: dir,
    GIT_OBJECT_DIRECTORY: objects,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
  }
}

/**
 * Runs the work with an index of its own, which begins as a copy of the worktree's and is gone afterwards. The worktree's files may be
 * somewhere else than its registration says: what is on its way to the trash is looked at too.
 */
export async function withPrivateIndex<Value>(
  git: Git,
  place: Checkout,
  work: (index: PrivateIndex) => Promise<Value>,
): Promise<Value> {
  const gitDir = await gitDirOf(place.path)
  if (gitDir === null) throw new GitError('folder-missing', `The folder ${place.path} is no checkout any more.`)
  const folder = await makePrivateFolder('index')
  try {
    const file = join(folder, 'index')
    await copyIndex(join(gitDir.own, 'index'), file)
    // Named outright: a git that finds the way by itself writes down where it found the files.
    const real = { GIT_DIR: gitDir.own, GIT_WORK_TREE: place.path, GIT_INDEX_FILE: file }
    const raw = await makeRawGitDir(git, place, real, folder, join(gitDir.common, 'objects'))
    const plain = (given: Command): Command => ({ ...given, args: [...PLAIN, ...given.args] })
    const quiet = { path: place.path, trusted: true }
    return await work({
      file,
      gitDir,
      run: (given, extra = {}) => readFiles(git, place, plain(given), { ...extra, env: { ...extra.env, ...real } }),
      change: (given, extra = {}) => writeFiles(git, place, plain(given), { ...extra, env: { ...extra.env, ...real } }),
      changeRaw: (given, extra = {}) =>
        write(
          git,
          quiet,
          plain({
            ...given,
            args: [
              '-c',
              'core.hooksPath=/dev/null',
              '-c',
              'core.autocrlf=false',
              '-c',
              'core.safecrlf=false',
              '-c',
              'core.attributesFile=/dev/null',
              ...given.args,
            ],
          }),
          {
            ...extra,
            env: { ...extra.env, ...raw },
          },
        ),
    })
  } finally {
    await removeFolder({ path: folder, root: tmpdir() })
  }
}

/** The copy is as old as the second the index was written in: a file changed in that second is compared, not believed. */
async function copyIndex(from: string, to: string): Promise<void> {
  const entry = await stat(from).catch(() => null)
  if (entry === null) return
  await copyFile(from, to)
  if (entry.size === 0) return unlink(to)
  const second = Math.floor(entry.mtimeMs / 1000)
  await utimes(to, second, second)
}
