import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Oid } from '../../git/names.ts'
import { createRepository, filesBelow, type TestRepository } from '../../git/testing/repository.ts'
import { createManualClock } from '../../terminals/testing/manual-clock.ts'
import { until } from '../../terminals/testing/until.ts'
import { begin, live } from './testing/life.ts'

/** Steps are many and every one costs two processes: every so manieth is tried; `FAULT_SEED` begins at another one. */
const STRIDE = 8
const SEED = Number(process.env['FAULT_SEED'] ?? 1)

const DIE = join(import.meta.dirname, 'testing', 'die.ts')

/** Runs a process that dies at that step; null when it came to its end before. */
function die(path: string, head: Oid, action: 'archive' | 'restore', step: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [DIE, path, head, action, String(step)], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true)
      else if (code === 0) resolve(false)
      else reject(new Error(said))
    })
  })
}

async function withWork() {
  const repository = await createRepository()
  const head = await repository.commit('files', { 'a.txt': 'a\n', '.gitignore': 'ignored/\n' })
  const { path, git, rawIn } = repository
  const life = await live({ path, head, git })
  const worktree = await begin(life, git, path, head)
  await life.close()
  await writeFile(join(worktree, 'own.txt'), 'own\n')
  await rawIn(worktree, 'add', 'own.txt')
  await rawIn(worktree, 'commit', '--quiet', '--message=own')
  await writeFile(join(worktree, 'a.txt'), 'staged\n')
  await rawIn(worktree, 'add', 'a.txt')
  await writeFile(join(worktree, 'a.txt'), 'and more\n')
  await mkdir(join(worktree, 'new/deep'), { recursive: true })
  await writeFile(join(worktree, 'new/deep/x'), 'x\n')
  await symlink('/etc', join(worktree, 'link'))
  return { ...repository, head, worktree }
}

async function stateOf({ rawIn }: TestRepository, worktree: string) {
  return {
    status: await rawIn(worktree, 'status', '--porcelain=v2', '--branch', '--untracked-files=all'),
    staged: await rawIn(worktree, 'show', ':a.txt'),
    files: [await readFile(join(worktree, 'a.txt'), 'utf8'), await readFile(join(worktree, 'new/deep/x'), 'utf8')],
    all: filesBelow(worktree),
  }
}

/** What must hold when the next start has done its part. */
async function nothingLeftOver({ raw, path }: TestRepository): Promise<void> {
  await raw('fsck', '--connectivity-only', '--no-dangling')
  expect(filesBelow(join(path, '.git')).filter((name) => name.endsWith('.lock'))).toEqual([])
  expect((await readdir(`${path}.worktrees`)).filter((name) => name !== 'login')).toEqual([])
  expect(await raw('stash', 'list')).toBe('')
  expect(await raw('status', '--porcelain')).toBe('')
}

const succeeded = (answer: { readonly ok: boolean }): void => expect(answer).toMatchObject({ ok: true })

async function nextStart(path: string, head: Oid, wanted: 'archived' | 'restored'): Promise<void> {
  const life = await live({ path, head })
  try {
    await life.archive.recover()
    const record = life.session('login').record()
    expect([wanted, record.intent]).toEqual([wanted, null])
    // Killed before the wish itself was kept, there was none.
    if (wanted === 'archived' && record.archive === null) succeeded(await life.archive.archive(life.session('login')))
    if (wanted === 'restored' && record.archive !== null) succeeded(await life.archive.restore(life.session('login')))
    if (wanted === 'archived') await until('its folder is gone', () => life.session('login').record().archive?.removed === true)
    expect(life.faults).toEqual([])
  } finally {
    await life.close()
  }
}

test('an archive that is killed at any step is finished by the next start, and comes back whole', async () => {
  for (let step = 1 + (SEED % STRIDE); ; step += STRIDE) {
    const work = await withWork()
    const before = await stateOf(work, work.worktree)
    const died = await die(work.path, work.head, 'archive', step)
    await nextStart(work.path, work.head, 'archived')
    expect([step, existsSync(work.worktree)]).toEqual([step, false])
    await nothingLeftOver(work)
    await nextStart(work.path, work.head, 'restored')
    expect([step, await stateOf(work, work.worktree)]).toEqual([step, before])
    if (died) continue
    expect(step).toBeGreaterThan(20)
    return
  }
}, 1_800_000)

test('a restore that is killed at any step is finished by the next start, with everything', async () => {
  for (let step = 1 + ((SEED + 3) % STRIDE); ; step += STRIDE) {
    const work = await withWork()
    const before = await stateOf(work, work.worktree)
    await nextStart(work.path, work.head, 'archived')
    const died = await die(work.path, work.head, 'restore', step)
    await nextStart(work.path, work.head, 'restored')
    expect([step, await stateOf(work, work.worktree)]).toEqual([step, before])
    await nothingLeftOver(work)
    if (died) continue
    expect(step).toBeGreaterThan(20)
    return
  }
}, 1_800_000)

test('a folder that cannot be deleted is tried again until it can be, and says so meanwhile', async () => {
  const { path, head, worktree, git } = await withWork()
  const clock = createManualClock()
  const trash = join(`${path}.worktrees`, '.sluice-trash')
  const mounted = join(worktree, 'ignored/mounted')
  await mkdir(mounted, { recursive: true })
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', mounted]).status === 0
  const life = await live({
    path,
    head,
    clock,
    git: {
      async run(request) {
        // Without the right to mount: a trash that may not be written once the folder is in it holds it as well.
        if (!isMounted && request.args.includes('remove')) await chmod(trash, 0o500)
        return git.run(request)
      },
    },
  })
  onTestFinished(() => life.close())
  const allow = async (): Promise<void> => {
    const [rest = ''] = await readdir(trash)
    if (!isMounted) return chmod(trash, 0o700)
    spawnSync('umount', [mounted])
    spawnSync('umount', [join(trash, rest, 'ignored/mounted')])
  }
  onTestFinished(() => allow().catch(() => undefined))
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true })
  await until('it was tried', async () => (await readdir(trash)).some((name) => /^(?:discarded|leaving)-[0-9a-f-]+$/u.test(name)))
  expect(life.session('login').view().archive).toMatchObject({ removed: false })
  await allow()
  await until('it is gone', () => {
    clock.advance(180_000)
    return life.session('login').record().archive?.removed === true
  })
  expect(await readdir(`${path}.worktrees`)).toEqual([])
})

test('what is in the trash without belonging to any session goes with the next start', async () => {
  const repository = await createRepository()
  const { path, git } = repository
  const head = await repository.commit('files', { 'a.txt': 'a\n' })
  const trash = join(`${path}.worktrees`, '.sluice-trash')
  await mkdir(join(trash, `discarded-${crypto.randomUUID()}`, 'deep'), { recursive: true })
  const life = await live({ path, head, git })
  onTestFinished(() => life.close())
  await life.archive.recover()
  expect(existsSync(trash)).toBe(false)
})
