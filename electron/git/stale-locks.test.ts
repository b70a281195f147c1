import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { deleteBranch } from './refs.ts'
import { clearStaleLock, isRepeatable, lockInTheWay, STALE_MS, waitForLock } from './stale-locks.ts'
import { createRepository, isThere } from './testing/repository.ts'

/** Linux keeps the time at which a file was made; only a clock that is ahead makes a lock look old at once. */
async function aged<T>(work: () => Promise<T>): Promise<T> {
  const now = Date.now
  Date.now = () => now() + STALE_MS + 1000
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

test('a lock that is young stays, and the sentence says what to do', async () => {
  const { git, trusted, raw, path, oid } = await createRepository()
  await raw('branch', 'old')
  await raw('pack-refs', '--all')
  const lock = join(path, '.git/packed-refs.lock')
  await writeFile(lock, '')
  await utimes(lock, 1, 1)
  await expect(deleteBranch(git, trusted, 'old', await oid('main'))).rejects.toThrow(
    /Another git seems to be at work.*packed-refs\.lock/u,
  )
  expect(isThere(lock)).toBe(true)
  expect(await raw('branch', '--list', 'old')).not.toBe('')
})

test.runIf(process.platform === 'linux').each(['index.lock', 'HEAD.lock', 'config.lock', 'packed-refs.lock'])(
  'an old %s stays while somebody has it open, or a git runs there, and goes afterwards',
  async (name) => {
    const { trusted, path } = await createRepository()
    const lock = join(path, '.git', name)
    await writeFile(lock, '')
    const holder = spawn('sh', ['-c', `exec 9<"$1"; echo; read line`, 'sh', lock], { stdio: ['pipe', 'pipe', 'ignore'] })
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder.stdout, 'data')
    expect(await aged(() => clearStaleLock(trusted, lock))).toBe(false)
    holder.stdin.end()
    await once(holder, 'exit')
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
  expect(lockInTheWay("fatal: Unable to create '/r/.git/refs/heads/x.lock': File exists.")).toBe(null)
  expect(lockInTheWay('fatal: something else')).toBe(null)
  expect(isRepeatable(['update-ref', '-d', 'refs/heads/x'])).toBe(true)
  expect(isRepeatable(['-c', 'a.b=c', 'worktree', 'unlock', '/x'])).toBe(true)
  expect(isRepeatable(['worktree', 'add', '/x'])).toBe(false)
  expect(isRepeatable(['rebase', 'main'])).toBe(false)
})
