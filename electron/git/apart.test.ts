/** What surrounds Sluice does not reach git, and what git starts does not outlive its deadline. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeFiles } from './checkout.ts'
import { command } from './argv.ts'
import { branchHead } from './refs.ts'
import { status } from './status.ts'
import { createRepository, isThere, type TestRepository } from './testing/repository.ts'

const RUN = new URL('run.ts', import.meta.url).href

/** A process of its own, in a group of its own, that runs one command of git as Sluice does; `before` is for the shell that starts it. */
function house({ path }: TestRepository, args: readonly string[], { before = '' } = {}): ChildProcess {
  const request = JSON.stringify({ cwd: path, args, writes: true })
  const code = `import { createGit } from ${JSON.stringify(RUN)}; await createGit({ env: process.env }).run(${request})`
  const child = spawn('/bin/bash', ['-c', `${before}exec "$@"`, 'house', process.execPath, '--input-type=module', '-e', code], {
    detached: true,
    stdio: 'ignore',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function hook({ path }: TestRepository, name: string, body: string): Promise<void> {
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()))

/** True while a process with that number, as a script wrote it down, is there. */
async function runs(file: string): Promise<boolean> {
  try {
    process.kill(Number(await readFile(file, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

test.skipIf(process.platform === 'win32')('a Ctrl-C in the terminal of Sluice does not end a merge halfway', async () => {
  const repository = await createRepository()
  const { path, around, raw, commit, write, git, trusted } = repository
  await commit('attributes', { '.gitattributes': '*.slow filter=slow\n' })
  await raw('checkout', '--quiet', '-b', 'work')
  const to = await commit('work', { 'a.txt': 'a\n', 'b.slow': 'b\n', 'c.txt': 'c\n' })
  await raw('checkout', '--quiet', 'main')
  const [started, go] = [join(around, 'started'), join(around, 'go')]
  await writeFile(join(around, 'slow'), `#!/bin/sh\n: > ${started}\nwhile [ ! -e ${go} ]; do sleep 0.02; done\ncat\n`, {
    mode: 0o755,
  })
  await raw('config', 'filter.slow.smudge', join(around, 'slow'))

  const child = house(repository, ['merge', '--ff-only', '--quiet', to])
  await expect.poll(() => isThere(started)).toBe(true)
  process.kill(-child.pid!, 'SIGINT')
  await ended(child)
  await write('../go', '')
  await expect.poll(async () => (await branchHead(git, trusted, 'main')) === to).toBe(true)
  await expect.poll(() => !isThere(join(path, '.git/index.lock'))).toBe(true)
  expect((await status(git, trusted)).changes).toEqual([])
  expect(await readFile(join(path, 'b.slow'), 'utf8')).toBe('b\n')
})

test.runIf(process.platform === 'linux')('a hook gets none of the files that Sluice has open', async () => {
  const repository = await createRepository()
  const seen = join(repository.around, 'seen')
  await hook(repository, 'post-commit', `[ -e /proc/self/fd/200 ] && echo leaked > ${seen} || echo none > ${seen}`)
  // Node marks what it inherits as its own only up to the first gap; 200 stands for a terminal that node-pty did not mark.
  await ended(house(repository, ['commit', '--quiet', '--allow-empty', '-m', 'x'], { before: 'exec 200</dev/null; ' }))
  expect(await readFile(seen, 'utf8')).toBe('none\n')
})

test('a hook that waits for ever is named and ended when the time is over', async () => {
  const repository = await createRepository()
  const { git, trusted, around } = repository
  const pid = join(around, 'pid')
  await hook(repository, 'post-checkout', `echo $$ > ${pid}\nexec sleep 300`)
  const limits: (number | undefined)[] = []
  const hasty: typeof git = {
    run(run) {
      limits.push(run.timeoutMs)
      return git.run({ ...run, timeoutMs: 1500 })
    },
  }
  const checkout = writeFiles(hasty, trusted, command('-c', 'advice.detachedHead=false', 'checkout', '--quiet', '--detach'))
  await expect(checkout).rejects.toMatchObject({
    kind: 'stopped',
    message: expect.stringMatching(/^“git checkout”.*hook or filter/u),
  })
  expect(limits).toEqual([600_000])
  await expect.poll(async () => !(await runs(pid))).toBe(true)
  expect(isThere(pid)).toBe(true)
})
