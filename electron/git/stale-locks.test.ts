import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { deleteBranch } from './refs.ts'
import { clearStaleLock, isRepeatable, lockInTheWay, OWN_STALE_MS, STALE_MS, waitForLock } from './stale-locks.ts'
import { createRepository, isThere } from './testing/repository.ts'

/** Linux keeps the time at which a file was made; only a clock that is ahead makes a lock look old at once. */
async function aged<T>(work: () => Promise<T>, by = STALE_MS + 1000): Promise<T> {
  const now = Date.now
  Date.now = () => now() + by
  try {
    return await work()
  } finally {
    Date.now = now
  }
}

test('a branch whose deletion meets an old lock of nobody is deleted all the same', async () => {
  const { git, trusted, raw, path, oid } = await createRepository()
  await raw('branch', 'old')
  await raw('pack-refs', '--all')
  const lock = join(path, '.git/packed-refs.lock')
  await writeFile(lock, '')
  expect(await aged(async () => deleteBranch(git, trusted, 'old', await oid('main')))).toBe('deleted')
  expect(isThere(lock)).toBe(false)
  expect(await raw('branch', '--list', 'old')).toBe('')
})

/** Opens the lock in a process of its own, until `end`. */
async function held(lock: string): Promise<{ end(): Promise<unknown> }> {
  const holder = spawn('sh', ['-c', `exec 9<"$1"; echo; read line`, 'sh', lock], { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  return {
    end() {
      holder.stdin.end()
      return once(holder, 'exit')
    },
  }
}

test('a lock that somebody holds stays, however old it says it is, and the sentence says what to do', async () => {
  const { git, trusted, raw, path, oid } = await createRepository()
  await raw('branch', 'old')
  await raw('pack-refs', '--all')
  const lock = join(path, '.git/packed-refs.lock')
  await writeFile(lock, '')
  await utimes(lock, 1, 1)
  await held(lock)
  await expect(deleteBranch(git, trusted, 'old', await oid('main'))).rejects.toThrow(
    /Another git seems to be at work.*packed-refs\.lock/u,
  )
  expect(isThere(lock)).toBe(true)
  expect(await raw('branch', '--list', 'old')).not.toBe('')
})

test.runIf(process.platform === 'linux')(
  'two locks of a killed git go one after the other, once they are old enough',
  async () => {
    const { git, trusted, raw, path, oid } = await createRepository()
    await raw('branch', 'sluice/a')
    const locks = [join(path, '.git/refs/heads/sluice/a.lock'), join(path, '.git/packed-refs.lock')]
    for (const lock of locks) await writeFile(lock, '')
    // The one of the packed refs is still too young, for longer than a lock of somebody's is waited for.
    const deleted = await aged(async () => deleteBranch(git, trusted, 'sluice/a', await oid('main')), STALE_MS - 4000)
    expect(deleted).toBe('deleted')
    expect(locks.map(isThere)).toEqual([false, false])
  },
)

const NAMES = [
  'index.lock',
  'HEAD.lock',
  'ORIG_HEAD.lock',
  'config.lock',
  'packed-refs.lock',
  'refs/heads/main.lock',
  'refs/heads/sluice/a.lock',
]

test.runIf(process.platform === 'linux').each(NAMES)(
  'an old %s stays while somebody has it open, or a git runs there, and goes afterwards',
  async (name) => {
    const { trusted, path } = await createRepository()
    const lock = join(path, '.git', name)
    await mkdir(dirname(lock), { recursive: true })
    await writeFile(lock, '')
    const holder = await held(lock)
    expect(await aged(() => clearStaleLock(trusted, lock))).toBe(false)
    await holder.end()
    const running = spawn('git', ['cat-file', '--batch'], { cwd: path, stdio: ['pipe', 'pipe', 'ignore'] })
    onTestFinished(() => void running.kill('SIGKILL'))
    running.stdin.write('HEAD\n')
    await once(running.stdout, 'data')
    expect(await aged(() => clearStaleLock(trusted, lock))).toBe(false)
    expect(isThere(lock)).toBe(true)
    running.stdin.end()
    await once(running, 'exit')
    expect(await aged(() => waitForLock(trusted, lock, 10_000))).toBe(true)
    expect(isThere(lock)).toBe(false)
  },
)

test.runIf(process.platform === 'linux')('the lock of a branch that is ours alone counts as old sooner', async () => {
  const { git, trusted, raw, path, oid } = await createRepository()
  const [ours, theirs] = [join(path, '.git/refs/heads/sluice/a.lock'), join(path, '.git/refs/heads/main.lock')]
  await raw('branch', 'sluice/a')
  for (const lock of [ours, theirs]) await writeFile(lock, '')
  expect(await aged(() => clearStaleLock(trusted, theirs), STALE_MS / 2)).toBe(false)
  expect(await aged(async () => deleteBranch(git, trusted, 'sluice/a', await oid('main')), OWN_STALE_MS)).toBe('deleted')
  expect([isThere(ours), isThere(theirs)]).toEqual([false, true])
})

test('a file of the user’s that is only called like a lock of a ref stays', async () => {
  const { trusted, path } = await createRepository()
  const files = [join(path, 'refs/heads/x.lock'), join(path, '.git/x.lock')]
  await mkdir(join(path, 'refs/heads'), { recursive: true })
  for (const file of files) {
    await writeFile(file, '')
    expect(await aged(() => clearStaleLock(trusted, file))).toBe(false)
    expect(isThere(file)).toBe(true)
  }
})

test('only a plain file of the repository itself is ever taken away', async () => {
  const { trusted, path, around } = await createRepository()
  const elsewhere = join(around, 'index.lock')
  await (await open(elsewhere, 'w')).close()
  await symlink(elsewhere, join(path, '.git/index.lock'))
  expect(await aged(() => clearStaleLock(trusted, elsewhere))).toBe(false)
  expect(await aged(() => clearStaleLock(trusted, join(path, '.git/index.lock')))).toBe(false)
  expect(isThere(elsewhere)).toBe(true)
})

test('the lock is read from what git writes, and only some commands are given again', () => {
  const index = "fatal: Unable to create '/a b/.git/index.lock': File exists.\n\nAnother git process seems to be running"
  expect(lockInTheWay(index)).toBe('/a b/.git/index.lock')
  expect(lockInTheWay('error: could not lock config file /r/.git/config: File exists')).toBe('/r/.git/config.lock')
  expect(lockInTheWay("fatal: cannot lock ref 'x': Unable to create '/r/.git/refs/heads/x.lock': File exists.")).toBe(
    '/r/.git/refs/heads/x.lock',
  )
  expect(lockInTheWay("fatal: Unable to create '/r/.git/shallow.lock': File exists.")).toBe(null)
  expect(lockInTheWay('fatal: something else')).toBe(null)
  expect(isRepeatable(['update-ref', '-d', 'refs/heads/x'])).toBe(true)
  expect(isRepeatable(['-c', 'a.b=c', 'worktree', 'unlock', '/x'])).toBe(true)
  expect(isRepeatable(['worktree', 'add', '/x'])).toBe(false)
  expect(isRepeatable(['rebase', 'main'])).toBe(false)
  expect(isRepeatable(['merge', '--ff-only', 'x'])).toBe(true)
  expect(isRepeatable(['merge', 'x'])).toBe(false)
})
