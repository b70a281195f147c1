import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeEmptyFolder, removeFolder } from './remove-folder.ts'

async function withRoot() {
  const around = await realpath(await mkdtemp(join(tmpdir(), 'sluice-remove-')))
  onTestFinished(() => rm(around, { recursive: true, force: true }))
  const root = join(around, 'root')
  const path = join(root, 'ours')
  await mkdir(join(path, 'deep/deeper'), { recursive: true })
  await writeFile(join(path, 'deep/file'), 'x')
  await mkdir(join(around, 'theirs'))
  await writeFile(join(around, 'theirs/precious'), 'x')
  return { around, root, path, precious: join(around, 'theirs/precious') }
}

const isRoot = process.getuid?.() === 0

test('a folder goes with all that is in it; links go as links, whatever they lead to', async () => {
  const { around, root, path, precious } = await withRoot()
  await symlink(join(around, 'theirs'), join(path, 'link'))
  await symlink('/', join(path, 'deep/everything'))
  await symlink('nowhere', join(path, 'dangling'))
  await writeFile(Buffer.concat([Buffer.from(`${path}/caf`), Buffer.of(0xe9)]), 'x')
  await mkdir(join(path, 'read-only'))
  await writeFile(join(path, 'read-only/file'), 'x')
  await chmod(join(path, 'read-only'), 0o500)
  expect(await removeFolder({ path, root })).toEqual({ kind: 'removed' })
  expect([await readdir(root), existsSync(precious)]).toEqual([[], true])
})

test('what is not a folder of ours strictly below the root is refused and stays', async () => {
  const { around, root, path, precious } = await withRoot()
  const make = async (name: string, ...files: readonly string[]): Promise<string> => {
    for (const file of files) {
      await mkdir(dirname(join(root, name, file)), { recursive: true })
      await writeFile(join(root, name, file), '')
    }
    return join(root, name)
  }
  const repository = await make('repository', '.git/HEAD')
  const bare = await make('bare', 'HEAD', 'objects/x', 'refs/x')
  const worktree = await make('worktree', 'file')
  await mkdir(join(around, 'registration'))
  await writeFile(join(around, 'registration/gitdir'), `${join(worktree, '.git')}\n`)
  await writeFile(join(worktree, '.git'), `gitdir: ${join(around, 'registration')}\n`)
  await symlink(join(around, 'theirs'), join(root, 'link'))
  await symlink(around, join(root, 'up'))
  await writeFile(join(root, 'file'), 'x')
  const refused = async (target: string, below: string, words: RegExp) => {
    const answer = await removeFolder({ path: target, root: below })
    expect([target, answer]).toEqual([target, { kind: 'refused', message: expect.stringMatching(words) }])
  }
  await refused(join(around, 'theirs'), root, /is not inside/u)
  await refused(join(root, '..', 'theirs'), root, /is not inside/u)
  await refused(join(root, 'up', 'theirs'), root, /is not inside/u)
  await refused(root, root, /is not inside/u)
  await refused(join(root, 'link'), root, /is not a folder/u)
  await refused(join(root, 'file'), root, /is not a folder/u)
  await refused(join(root, 'nothing'), root, /is not a folder/u)
  await refused(repository, root, /is a repository/u)
  await refused(join(repository, '.git'), root, /is a repository/u)
  await refused(join(repository, '.git'), repository, /is a repository/u)
  await refused(bare, root, /is a repository/u)
  await refused(worktree, root, /git still knows/u)
  await refused('ours', root, /not an absolute path/u)
  await refused('/', '/', /holds more/u)
  await refused('/etc', '/', /holds more/u)
  await refused(join(homedir(), 'x'), homedir(), /holds more/u)
  await refused(homedir(), dirname(homedir()), /holds the user’s home/u)
  expect([existsSync(precious), existsSync(join(path, 'deep/file')), existsSync(join(worktree, 'file'))]).toEqual([
    true,
    true,
    true,
  ])
})

test('what a killed removal of a worktree left goes, whatever is left of its registration; a submodule stays', async () => {
  const { around, root, path } = await withRoot()
  const registration = join(around, 'registrations/ours')
  await mkdir(join(registration, 'objects'), { recursive: true })
  await mkdir(join(registration, 'refs'))
  await writeFile(join(path, '.git'), `gitdir: ${registration}\n`)
  await writeFile(join(registration, 'HEAD'), 'ref: refs/heads/main\n')
  expect(await removeFolder({ path, root })).toMatchObject({ kind: 'refused' })
  // Git deletes the files of a registration one after the other.
  await rm(join(registration, 'objects'), { recursive: true })
  await rm(join(registration, 'refs'), { recursive: true })
  expect(await removeFolder({ path, root })).toEqual({ kind: 'removed' })
})

test('a link that is swapped in while a folder is deleted is never followed', async () => {
  const { around, root, precious } = await withRoot()
  const rounds = Number(process.env['FAULT_ROUNDS'] ?? 60)
  let swaps = 0
  for (let round = 0; round < rounds; round += 1) {
    const path = join(root, `round-${round}`)
    for (let at = 0; at < 8; at += 1) {
      await mkdir(join(path, `${at}/inner`), { recursive: true })
      await writeFile(join(path, `${at}/inner/file`), 'x')
    }
    let stop = false
    // Swaps every folder that it finds below the root for a link to what is not ours.
    const swapping = (async () => {
      while (!stop) {
        for (const name of (await readdir(root)).filter((one) => one.startsWith(`round-${round}`))) {
          for (let at = 0; at < 8; at += 1) {
            const inner = join(root, name, String(at), 'inner')
            await rename(inner, join(around, `taken-${round}-${at}`))
              .then(() => symlink(join(around, 'theirs'), inner))
              .then(() => (swaps += 1))
              .catch(() => undefined)
          }
          await symlink(join(around, 'theirs'), join(root, `round-${round}`)).catch(() => undefined)
        }
      }
    })()
    await removeFolder({ path, root })
    stop = true
    await swapping
    expect(await readFile(precious, 'utf8')).toBe('x')
  }
  expect(swaps).toBeGreaterThan(rounds / 10)
}, 3_600_000)

/** Keeps a folder from being deleted: by a mount in it, or, without the right to one, by a parent that may not be written. */
async function hold(root: string, inside: string): Promise<(rest: string) => Promise<unknown>> {
  const mounted = isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', inside]).status === 0
  if (mounted) return (rest) => Promise.resolve(spawnSync('umount', [join(rest, 'deep/held')]))
  await chmod(root, 0o500)
  return () => chmod(root, 0o700)
}

test('a folder that cannot be deleted wholly says where the rest is, and goes the next time', async () => {
  const { root, path } = await withRoot()
  const held = join(path, 'deep/held')
  await mkdir(held)
  const letGo = await hold(root, held)
  await writeFile(join(held, 'not ours'), 'x')
  const left = await removeFolder({ path, root })
  const rest = left.kind === 'left' ? left.path : ''
  onTestFinished(async () => void (await letGo(rest)))
  expect(left).toMatchObject({ kind: 'left', message: expect.stringMatching(/mounted|EACCES/u) })
  expect(await readFile(join(rest, 'deep/held/not ours'), 'utf8')).toBe('x')
  await letGo(rest)
  expect(await removeFolder({ path: rest, root })).toEqual({ kind: 'removed' })
  expect(await readdir(root)).toEqual([])
})

test('only an empty folder counts as empty', async () => {
  const { root, path } = await withRoot()
  await mkdir(join(root, 'empty'))
  await symlink(join(root, 'empty'), join(root, 'link'))
  expect([
    await removeEmptyFolder(path),
    await removeEmptyFolder(join(root, 'link')),
    await removeEmptyFolder(join(root, 'empty')),
  ]).toEqual([false, false, true])
  expect(existsSync(join(path, 'deep/file'))).toBe(true)
})
