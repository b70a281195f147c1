import { appendFile, mkdir, readdir, readFile, rename, writeFile, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { createRepository, isThere, type TestRepository } from '../../git/testing/repository.ts'
import type { Oid } from '../../git/names.ts'
import { addWorktree } from '../../git/add-worktree.ts'
import { clearHalfMade } from '../../git/half-made.ts'
import { isUntouched } from '../../git/warm-worktree.ts'
import { listWorktrees, LOCK_REASON } from '../../git/worktrees.ts'
import { systemClock } from '../../kit/clock.ts'
import { createLane, type Lane } from '../../kit/lane.ts'
import { createLog } from '../../kit/log.ts'
import { DEFAULT_CONFIG } from '../../../shared/model/config.ts'
import { createWarm, type Warm } from './warm.ts'
import { readWarmNote } from './warm-note.ts'

type Scene = TestRepository & {
  readonly root: string
  readonly note: string
  readonly lane: Lane
  readonly logged: string[]
  busy: boolean
  head: Oid
  open(): Warm
  /** Waits until a worktree is ready, and gives its folder. */
  ready(warm: Warm): Promise<string>
  claim(warm: Warm, name: string, from?: Oid): Promise<boolean>
}

async function wait<T>(look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not happen.')
}

async function scene(files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const repository = await createRepository()
  const head = await repository.commit('files', {
    'src/a.txt': 'a\n',
    'src/deep/b.txt': 'b\n',
    '.gitignore': '*.log\n',
    ...files,
  })
  const dataDir = join(repository.around, 'data')
  const logged: string[] = []
  const log = createLog({ write: (line) => logged.push(line) }, () => new Date())
  const lane = createLane()
  const root = join(repository.around, 'shop.worktrees')
  const made: Scene = {
    ...repository,
    root,
    lane,
    logged,
    note: join(dataDir, 'warm', 'r1.json'),
    busy: false,
    head,
    open() {
      const warm = createWarm(
        {
          ...repository,
          lane,
          clock: systemClock,
          log,
          dataDir,
          repository: 'r1',
          home: () => ({ checkout: repository.trusted, config: DEFAULT_CONFIG, target: { branch: 'main', head: made.head } }),
          isBusy: () => made.busy,
        },
        { quietMs: 5, minFiles: 1 },
      )
      onTestFinished(() => warm.close())
      return warm
    },
    async ready(warm) {
      warm.poke()
      return wait(async () => {
        const note = await readWarmNote(made.note)
        if (note?.phase !== 'made' || note.commit !== made.head) return null
        await warm.idle()
        return note.path
      })
    },
    claim: (warm, name, from = made.head) =>
      lane.run(repository.path, async () => {
        await mkdir(root, { recursive: true })
        return warm.claim({ path: join(root, name), branch: `sluice/${name}`, from })
      }),
  }
  onTestFinished(() => expect(logged.filter((line) => line.includes('"level":"fault"'))).toEqual([]))
  return made
}

/** The worktrees but for the main checkout. */
async function linked({ git, trusted }: Scene): Promise<Awaited<ReturnType<typeof listWorktrees>>> {
  return (await listWorktrees(git, trusted)).filter(({ main }) => !main)
}

test('one is made ready, detached and untouched; the claim makes it that of the branch, without writing a file again', async () => {
  const at = await scene()
  const warm = at.open()
  const path = await at.ready(warm)
  expect(await linked(at)).toMatchObject([{ path, branch: null, head: at.head, locked: LOCK_REASON }])
  const inode = await at.rawIn(path, 'ls-files', '--debug', 'src/a.txt')
  at.busy = true
  expect(await at.claim(warm, 'login')).toBe(true)
  const goal = join(at.root, 'login')
  expect(await linked(at)).toEqual([
    { path: goal, branch: 'sluice/login', head: at.head, locked: LOCK_REASON, bare: false, main: false },
  ])
  expect(await at.rawIn(goal, 'ls-files', '--debug', 'src/a.txt')).toBe(inode)
  expect(await isUntouched(at.git, { path: goal, trusted: true })).toBe(true)
  expect(await at.raw('config', '--list')).not.toContain('branch.sluice')
  expect(isThere(path)).toBe(false)
  expect(await readWarmNote(at.note)).toBe(null)
  await at.rawIn(goal, 'commit', '--quiet', '--allow-empty', '-m', 'work')
  expect(await at.raw('rev-parse', 'sluice/login^')).toBe(at.head)
})

test('once claimed, another one is made, and never the same folder again', async () => {
  const at = await scene()
  const warm = at.open()
  const first = await at.ready(warm)
  expect(await at.claim(warm, 'a')).toBe(true)
  const second = await at.ready(warm)
  expect(second).not.toBe(first)
  expect(await at.claim(warm, 'b')).toBe(true)
  expect(
    (await linked(at))
      .map(({ branch }) => branch)
      .filter(Boolean)
      .toSorted(),
  ).toEqual(['sluice/a', 'sluice/b'])
})

const SPOILED: readonly (readonly [string, (path: string, at: Scene) => Promise<unknown>])[] = [
  ['a new file', (path) => writeFile(join(path, 'src/new.txt'), 'work')],
  ['an ignored file', (path) => writeFile(join(path, 'src/deep/x.log'), 'work')],
  ['a changed file', (path) => appendFile(join(path, 'src/a.txt'), 'more')],
  ['something staged', (path, at) => at.rawIn(path, 'rm', '--quiet', '--cached', 'src/a.txt')],
  ['a commit of its own', (path, at) => at.rawIn(path, 'commit', '--quiet', '--allow-empty', '-m', 'work')],
  ['a branch', (path, at) => at.rawIn(path, 'switch', '--quiet', '-c', 'mine')],
]

test.each(SPOILED)('one that somebody touched is not claimed, and what is in it stays: %s', async (_what, spoil) => {
  const at = await scene()
  const warm = at.open()
  const path = await at.ready(warm)
  await spoil(path, at)
  at.busy = true
  expect(await at.claim(warm, 'login')).toBe(false)
  expect(isThere(join(at.root, 'login'))).toBe(false)
  await warm.idle()
  expect(isThere(path)).toBe(true)
  expect(await at.raw('branch', '--list', 'sluice/*')).toBe('')
  // The plain way is free.
  const plain = { path: join(at.root, 'login'), branch: 'sluice/login', from: at.head }
  expect(await addWorktree(at.git, at.trusted, plain)).toMatchObject({ ok: true })
})

const LOST: readonly (readonly [string, (path: string, at: Scene) => Promise<unknown>])[] = [
  ['its folder was moved away', (path, at) => rename(path, join(at.around, 'elsewhere'))],
  ['somebody unlocked it', (path, at) => at.raw('worktree', 'unlock', path)],
  ['our note says something else', (_path, at) => writeFile(at.note, '{}')],
]

test.each(LOST)('one that is not as it was left is not claimed: %s', async (_what, spoil) => {
  const at = await scene()
  const warm = at.open()
  await spoil(await at.ready(warm), at)
  at.busy = true
  expect(await at.claim(warm, 'login')).toBe(false)
  expect(isThere(join(at.root, 'login'))).toBe(false)
})

test('when the target has moved, the claim brings it along; any other commit is a miss', async () => {
  const at = await scene()
  const warm = at.open()
  const old = at.head
  const path = await at.ready(warm)
  at.busy = true
  const next = await at.commit('next', { 'src/a.txt': 'changed\n', 'src/c.txt': 'c\n' })
  at.head = next
  const other = await at.commit('other')
  expect(await at.claim(warm, 'nope', other)).toBe(false)
  expect(isThere(path)).toBe(true)
  expect(await at.claim(warm, 'login')).toBe(true)
  expect(await linked(at)).toMatchObject([{ branch: 'sluice/login', head: next }])
  expect(await readFile(join(at.root, 'login/src/a.txt'), 'utf8')).toBe('changed\n')
  expect(await isUntouched(at.git, { path: join(at.root, 'login'), trusted: true })).toBe(true)
  expect(await at.raw('rev-parse', `${old}^{commit}`)).toBe(old)
})

test('while all is quiet it follows the target', async () => {
  const at = await scene()
  const warm = at.open()
  const path = await at.ready(warm)
  at.head = await at.commit('next', { 'src/a.txt': 'changed\n' })
  expect(await at.ready(warm)).toBe(path)
  expect(await linked(at)).toMatchObject([{ path, branch: null, head: at.head }])
  expect(await at.claim(warm, 'login')).toBe(true)
})

test('a branch that exists already is no claim: the folder is taken back, and the plain way says why', async () => {
  const at = await scene()
  const warm = at.open()
  await at.ready(warm)
  at.busy = true
  await at.raw('branch', 'sluice/login')
  expect(await at.claim(warm, 'login')).toBe(false)
  expect(await linked(at)).toEqual([])
  expect(isThere(join(at.root, 'login'))).toBe(false)
  const plain = { path: join(at.root, 'login'), branch: 'sluice/login', from: at.head }
  expect(await addWorktree(at.git, at.trusted, plain)).toMatchObject({ failure: { code: 'branch-exists' } })
})

test('a place that is taken, by a folder or by a registration, is left alone', async () => {
  const at = await scene()
  const warm = at.open()
  await at.ready(warm)
  at.busy = true
  await mkdir(join(at.root, 'full'), { recursive: true })
  expect(await at.claim(warm, 'full')).toBe(false)
  await at.raw('worktree', 'add', '--quiet', '--detach', join(at.root, 'gone'))
  await rename(join(at.root, 'gone'), join(at.around, 'gone'))
  expect(await at.claim(warm, 'gone')).toBe(false)
  expect(await at.claim(warm, 'free')).toBe(true)
})

test('the next Sluice takes up the one that is ready, when it is still untouched', async () => {
  const at = await scene()
  const first = at.open()
  const path = await at.ready(first)
  await first.close()
  const second = at.open()
  await second.recover()
  at.busy = true
  expect(await at.claim(second, 'login')).toBe(true)
  expect(isThere(path)).toBe(false)
})

test('the next Sluice does not take up one that somebody worked in', async () => {
  const at = await scene()
  const first = at.open()
  const path = await at.ready(first)
  await first.close()
  await writeFile(join(path, 'new.log'), 'work')
  const second = at.open()
  at.busy = true
  await second.recover()
  expect(await at.claim(second, 'login')).toBe(false)
  await second.idle()
  expect(await readFile(join(path, 'new.log'), 'utf8')).toBe('work')
})

test('a claim that was cut off at any step is put right by the next start, and nothing of it is left', async () => {
  for (const step of ['noted', 'moved', 'known', 'on its branch']) {
    const at = await scene()
    const first = at.open()
    const path = await at.ready(first)
    await first.close()
    const goal = join(at.root, 'login')
    const registration = join(at.path, '.git/worktrees', (await readdir(join(at.path, '.git/worktrees')))[0]!)
    const note = JSON.parse(await readFile(at.note, 'utf8')) as object
    await writeFile(at.note, JSON.stringify({ ...note, phase: 'claimed', goal }))
    if (step !== 'noted') await rename(path, goal)
    if (step === 'known' || step === 'on its branch') await writeFile(join(registration, 'gitdir'), `${goal}/.git\n`)
    if (step === 'on its branch') await at.rawIn(goal, 'switch', '--quiet', '-c', 'sluice/login')
    const second = at.open()
    at.busy = true
    await second.recover()
    const half = { path: goal, branch: 'sluice/login', from: at.head, root: at.root }
    expect(await clearHalfMade(at.git, at.trusted, half), step).toEqual({ kind: 'cleared' })
    expect(await linked(at), step).toEqual([])
    expect(await at.raw('branch', '--list', 'sluice/*'), step).toBe('')
    expect(await readWarmNote(at.note)).toBe(null)
    expect(await at.raw('fsck', '--connectivity-only')).not.toContain('missing')
  }
})

test('one that was being made when Sluice was killed is cleared away', async () => {
  const at = await scene()
  const path = join(at.root, '.sluice-warm', 'half')
  await at.raw('worktree', 'add', '--quiet', '--no-checkout', '--lock', '--reason', LOCK_REASON, '--detach', path)
  await mkdir(join(at.around, 'data/warm'), { recursive: true })
  await writeFile(at.note, JSON.stringify({ path, commit: at.head, pid: 1, procStart: null, phase: 'making' }))
  await at.open().recover()
  expect(await linked(at)).toEqual([])
  expect(isThere(path)).toBe(false)
})

/** What a git that was killed on its way to the next commit leaves: files of both, one cut off, and its lock. */
async function cutOff(at: Scene, path: string): Promise<Oid> {
  const next = await at.commit('next', { 'src/a.txt': 'changed, and long\n', 'src/c.txt': 'c\n' })
  await writeFile(join(path, 'src/a.txt'), 'changed,')
  await writeFile(join(path, 'src/c.txt'), 'c\n')
  const [registration] = await readdir(join(at.path, '.git/worktrees'))
  await writeFile(join(at.path, '.git/worktrees', registration!, 'index.lock'), '')
  return next
}

test.each(['of git alone', 'of somebody too'])(
  'one that was being brought to a new commit when Sluice was killed is cleared away, unless there is a file in it: %s',
  async (whose) => {
    const at = await scene()
    const first = at.open()
    const path = await at.ready(first)
    await first.close()
    const next = await cutOff(at, path)
    if (whose !== 'of git alone') await writeFile(join(path, 'src/mine.log'), 'work')
    const note = JSON.parse(await readFile(at.note, 'utf8')) as object
    await writeFile(at.note, JSON.stringify({ ...note, phase: 'making', commit: next, before: at.head }))
    const second = at.open()
    await second.recover()
    await second.idle()
    expect(isThere(path)).toBe(whose !== 'of git alone')
    expect(await linked(at)).toHaveLength(whose === 'of git alone' ? 0 : 1)
  },
)

test('a claim that was cut off while it brought the worktree to the target leaves nothing', async () => {
  const at = await scene()
  const first = at.open()
  const path = await at.ready(first)
  await first.close()
  const goal = join(at.root, 'login')
  const [registration] = await readdir(join(at.path, '.git/worktrees'))
  await rename(path, goal)
  await writeFile(join(at.path, '.git/worktrees', registration!, 'gitdir'), `${goal}/.git\n`)
  const next = await cutOff(at, goal)
  const note = JSON.parse(await readFile(at.note, 'utf8')) as object
  await writeFile(at.note, JSON.stringify({ ...note, phase: 'claimed', goal, commit: next, before: at.head }))
  await at.open().recover()
  expect(await linked(at)).toEqual([])
  expect(isThere(goal)).toBe(false)
})

const UNSUITED: readonly (readonly [string, (at: Scene) => Promise<unknown>])[] = [
  ['a post-checkout hook', (at) => hook(join(at.path, '.git/hooks'))],
  [
    'a hook in the tree',
    async (at) => {
      await hook(join(at.path, 'hooks'))
      at.head = await at.commit('hooks')
      await at.raw('config', 'core.hooksPath', 'hooks')
    },
  ],
  ['submodules', (at) => at.write('.gitmodules', '')],
  ['filters', (at) => at.write('.gitattributes', '*.bin filter=lfs\n')],
  ['a sparse checkout', (at) => at.raw('config', 'core.sparseCheckout', 'true')],
]

async function hook(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'post-checkout'), '#!/bin/sh\n')
  await chmod(join(folder, 'post-checkout'), 0o755)
}

test.each(UNSUITED)('in a repository with %s none is kept ready', async (_what, prepare) => {
  const at = await scene()
  await prepare(at)
  const warm = at.open()
  warm.poke()
  await new Promise((resolve) => systemClock.after(30, () => resolve(undefined)))
  await warm.idle()
  expect(await linked(at)).toEqual([])
  expect(await at.claim(warm, 'login')).toBe(false)
})
