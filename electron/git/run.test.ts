import { spawn } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GitError } from './failure.ts'
import { createGit, type Spawn } from './run.ts'
import { createRepository, temporaryFolder } from './testing/repository.ts'

async function script(body: string): Promise<{ binary: string; cwd: string }> {
  const cwd = await temporaryFolder()
  const binary = join(cwd, 'fake-git')
  await writeFile(binary, `#!/bin/sh\n${body}\n`)
  await chmod(binary, 0o755)
  return { binary, cwd }
}

test('an exit code is a value, not an error', async () => {
  const { git, path } = await createRepository()
  const ended = await git.run({ cwd: path, args: ['rev-parse', '--verify', '--quiet', 'nothing'] })
  expect(ended).toMatchObject({ code: 1, truncated: false })
})

test('output comes as the bytes that were written', async () => {
  const { binary, cwd } = await script(String.raw`printf '\377\000\n'; printf 'sad' >&2; exit 7`)
  const ended = await createGit({ env: process.env, binary }).run({ cwd, args: [] })
  expect([...ended.stdout]).toEqual([0xff, 0, 0x0a])
  expect(ended).toMatchObject({ code: 7, stderr: 'sad' })
})

test('a missing git and a missing folder are told apart', async () => {
  const { git, path } = await createRepository()
  const absent = createGit({ env: process.env, binary: 'git-that-is-not-there' })
  for (const writes of [false, true]) {
    await expect(absent.run({ cwd: path, args: ['--version'], writes })).rejects.toMatchObject({ kind: 'no-git' })
    const gone = git.run({ cwd: join(path, 'gone'), args: ['--version'], writes })
    await expect(gone).rejects.toMatchObject({ kind: 'folder-missing' })
  }
})

test('more output than asked for is cut, and git is stopped', async () => {
  const { binary, cwd } = await script('yes')
  const ended = await createGit({ env: process.env, binary }).run({ cwd, args: [], maxBytes: 1001 })
  expect(ended.truncated).toBe(true)
  expect(ended.stdout.length).toBe(1001)
})

test('a signal stops git, before it starts and while it runs', async () => {
  const { binary, cwd } = await script('exec sleep 60')
  const controller = new AbortController()
  const git = createGit({ env: process.env, binary })
  const { signal } = controller
  const running = git.run({ cwd, args: [], signal })
  controller.abort()
  await expect(running).rejects.toMatchObject({ kind: 'stopped' })
  await expect(git.run({ cwd, args: [], signal })).rejects.toBeInstanceOf(GitError)
})

test.skipIf(process.platform === 'win32')(
  'git that ends by a bug of its own has crashed, and git that others end was stopped',
  async () => {
    for (const [signal, kind] of [
      ['ABRT', 'crashed'],
      ['SEGV', 'crashed'],
      ['KILL', 'stopped'],
      ['TERM', 'stopped'],
    ] as const) {
      const { binary, cwd } = await script(`ulimit -c 0; kill -${signal} $$`)
      await expect(createGit({ env: process.env, binary }).run({ cwd, args: [] })).rejects.toMatchObject({ kind })
    }
  },
)

test('git that gives no answer in time is stopped', async () => {
  const { binary, cwd } = await script('exec sleep 60')
  const run = createGit({ env: process.env, binary }).run({ cwd, args: [], timeoutMs: 50 })
  await expect(run).rejects.toMatchObject({ kind: 'stopped' })
})

test('a daemon that a hook left behind does not hold up the answer', async () => {
  const { binary, cwd } = await script('sleep 120 & echo done')
  const started = Date.now()
  const ended = await createGit({ env: process.env, binary }).run({ cwd, args: [] })
  expect(ended.stdout.toString()).toBe('done\n')
  expect(Date.now() - started).toBeLessThan(60_000)
})

test('git reads all of a large input, and an unread input is no error', async () => {
  const bytes = Buffer.alloc(3_000_000, 'x')
  const counting = await script('wc -c')
  const counted = await createGit({ env: process.env, binary: counting.binary }).run({
    cwd: counting.cwd,
    args: [],
    stdin: bytes,
  })
  expect(counted.stdout.toString().trim()).toBe('3000000')
  const deaf = await script('exit 3')
  const ended = await createGit({ env: process.env, binary: deaf.binary }).run({ cwd: deaf.cwd, args: [], stdin: bytes })
  expect(ended.code).toBe(3)
})

test('inherited variables that steer git do not reach it', async () => {
  const { binary, cwd } = await script('env')
  const env = {
    ...process.env,
    GIT_DIR: '/x',
    GIT_EXTERNAL_DIFF: 'x',
    GIT_SSH_COMMAND: 'x',
    GIT_AUTHOR_NAME: 'Ada',
    LANGUAGE: 'de',
    EDITOR: 'vi',
  }
  const { stdout } = await createGit({ env, binary }).run({ cwd, args: [] })
  const lines = stdout.toString().split('\n')
  expect(lines.filter((line) => /^GIT_(?:DIR|EXTERNAL_DIFF|SSH_COMMAND)=|^LANGUAGE=/u.test(line))).toEqual([])
  expect(lines).toEqual(
    expect.arrayContaining(['LC_ALL=C', 'GIT_TERMINAL_PROMPT=0', 'GIT_EDITOR=:', 'GIT_SEQUENCE_EDITOR=:', 'GIT_AUTHOR_NAME=Ada']),
  )
})

test('only a few reading commands run at once, a writing one waits for nobody', async () => {
  let running = 0
  let most = 0
  const watching: Spawn = (file, args, options) => {
    running += 1
    most = Math.max(most, running)
    const child = spawn(file, args, options)
    child.once('exit', () => (running -= 1))
    return child
  }
  const { path } = await createRepository()
  const git = createGit({ env: process.env, spawn: watching, readers: 2 })
  await Promise.all(Array.from({ length: 12 }, () => git.run({ cwd: path, args: ['--version'] })))
  expect(most).toBe(2)

  const { binary, cwd } = await script('test "$1" = write || exec sleep 60')
  const busy = createGit({ env: process.env, binary, readers: 1 })
  const controller = new AbortController()
  const slow = busy.run({ cwd, args: ['read'], signal: controller.signal })
  await expect(busy.run({ cwd, args: ['write'], writes: true })).resolves.toMatchObject({ code: 0 })
  controller.abort()
  await expect(slow).rejects.toMatchObject({ kind: 'stopped' })
})
