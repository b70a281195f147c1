/** Facts about plain shells, with real ones in real pseudo-terminals. */

import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Shell } from '../../shared/model/shell.ts'
import { processStart } from '../kit/processes.ts'
import { createScreens, type Screens } from '../terminals/screens.ts'
import { createTerminals, type Terminal, type Terminals } from '../terminals/terminals.ts'
import { until } from '../terminals/testing/until.ts'
import { createShells, type Home, type Shells } from './shells.ts'

let folder: string
let home: Home
let screens: Screens
let terminals: Terminals
let shells: Shells

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-shells-')))
  // A prompt that says when the shell waits for a command.
  await writeFile(join(folder, '.bashrc'), "PS1='ready$ '\n")
  const env = { PATH: '/usr/bin:/bin', HOME: folder, TERM: 'xterm-256color', SHELL: '/bin/bash' }
  home = { session: 's1', name: 'login', cwd: folder, env }
  screens = createScreens({ worker: new URL('../terminals/screens-worker.ts', import.meta.url) })
  terminals = createTerminals({ screens, graceMs: 300 })
  shells = createShells({ terminals })
})

afterEach(async () => {
  await shells.shut()
  await terminals.close()
  await screens.close()
  await rm(folder, { recursive: true, force: true })
})

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(got.failure.message)
  return got.value
}

const terminalOf = ({ id }: Shell): Terminal => terminals.get(id)!
const shows = (shell: Shell, text: string): Promise<void> =>
  until(`“${text}” shows`, async () => (await terminalOf(shell).lastText(20)).includes(text))

/** Runs a command, and waits for what it prints. */
async function run(shell: Shell, line: string, prints: string): Promise<void> {
  terminalOf(shell).write(`${line}\r`)
  await shows(shell, prints)
}

async function openReady(of: Home = home): Promise<Shell> {
  const shell = await value(shells.open(of))
  await shows(shell, 'ready$')
  return shell
}

const pidIn = async (name: string): Promise<number> => Number(await readFile(join(folder, name), 'utf8').catch(() => ''))
/** One that has ended and was not collected yet is gone. */
const areAlive = (...pids: readonly number[]): Promise<readonly boolean[]> =>
  Promise.all(pids.map(async (pid) => (await processStart(pid)) !== null))

test('it is the user’s own shell, in the folder of the session, with the user’s environment', async () => {
  const shell = await openReady({ ...home, env: { ...home.env, MINE: 'yes' } })
  await run(shell, 'echo "$0 $PWD $MINE" $((40 + 2))', ' 42')
  expect(await terminalOf(shell).lastText(2)).toContain(`/bin/bash ${folder} yes 42`)
})

test('numbers are given from 1, and the number of a closed one again', async () => {
  const [first, second] = [await openReady(), await openReady()]
  expect([first, second].map(({ number }) => number)).toEqual([1, 2])
  expect((await openReady({ ...home, session: 's2' })).number).toBe(1)
  await value(shells.close(first.id, false))
  expect((await openReady()).number).toBe(1)
  expect(shells.list().map(({ session, number }) => [session, number])).toEqual([
    ['s1', 2],
    ['s2', 1],
    ['s1', 1],
  ])
})

test('two that are asked for at once are two', async () => {
  const both = await Promise.all([value(shells.open(home)), value(shells.open(home))])
  expect(both.map(({ number }) => number)).toEqual([1, 2])
})

test('more than twenty of one session are a mistake', async () => {
  const all = await Promise.all(
    Array.from({ length: 21 }, () => shells.open({ ...home, env: { ...home.env, SHELL: '/bin/cat' } })),
  )
  expect(all.filter((one) => !one.ok)).toMatchObject([{ failure: { code: 'too-many' } }])
})

test.each([
  ['exit 3', { code: 3, signal: null }],
  ['kill -KILL $$', { code: null, signal: 'SIGKILL' }],
])('after “%s” it says how it ended, and is started again in its terminal', async (line, exit) => {
  const told: (readonly Shell[])[] = []
  shells.onChange((now) => told.push(now))
  const shell = await openReady()
  const { pid } = terminalOf(shell)
  terminalOf(shell).write(`echo before-the-end; ${line}\r`)
  await until('it has ended', () => told.at(-1)?.[0]?.exit !== undefined)
  expect(shells.list()).toEqual([{ ...shell, exit }])
  expect(await shells.running()).toEqual([])
  expect(await value(shells.restart(shell.id, home))).toEqual(shell)
  expect(shells.list()).toEqual([shell])
  expect(terminalOf(shell).pid).not.toBe(pid)
  expect(await terminalOf(shell).lastText(20)).toContain('before-the-end')
  await run(shell, 'echo $((6 * 7))', '42')
})

test('one that runs is not started again, and a closed one is not closed again', async () => {
  const shell = await openReady()
  expect(await shells.restart(shell.id, home)).toMatchObject({ failure: { code: 'still-running' } })
  await value(shells.close(shell.id, false))
  expect(await shells.restart(shell.id, home)).toMatchObject({ failure: { code: 'no-shell' } })
  expect(await shells.close(shell.id, false)).toMatchObject({ failure: { code: 'no-shell' } })
})

test('a program in the foreground keeps it from being closed as idle, and is named; one in the background does not', async () => {
  const shell = await openReady()
  await run(shell, 'sleep 1000 & echo $! >behind; echo $((6 * 7))', '42')
  expect(await shells.running('s1')).toEqual([{ shell, command: null }])
  terminalOf(shell).write('sleep 2000\r')
  await until('it runs', async () => (await shells.running('s1'))[0]?.command === 'sleep 2000')
  expect(await shells.running('s2')).toEqual([])
  expect(await shells.close(shell.id, true)).toMatchObject({
    failure: { code: 'busy', message: expect.stringContaining('“sleep 2000”') },
  })
  expect(shells.list()).toEqual([shell])
  terminalOf(shell).write('\u0003')
  await until('it does not', async () => (await shells.running('s1'))[0]?.command === null)
  const behind = await pidIn('behind')
  await value(shells.close(shell.id, true))
  expect(await areAlive(behind)).toEqual([false])
})

test('closing leaves nothing of it behind but what made itself a session of its own', async () => {
  const shell = await openReady()
  await run(shell, `nohup sleep 3001 >/dev/null 2>&1 & echo $! >kept-on; echo $((6 * 7))`, '42')
  await run(shell, `setsid sh -c 'echo $$ >apart; exec sleep 3002' & while [ ! -s apart ]; do :; done; echo $((7 * 7))`, '49')
  await run(shell, `(trap '' HUP TERM; echo go-on; exec sleep 3003) & echo $! >deaf; echo $((5 * 5))`, '25')
  const [shellPid, nohup, apart, deaf] = [
    terminalOf(shell).pid,
    await pidIn('kept-on'),
    await pidIn('apart'),
    await pidIn('deaf'),
  ]
  expect(await areAlive(nohup, apart, deaf)).toEqual([true, true, true])
  await value(shells.close(shell.id, false))
  expect(await areAlive(shellPid, nohup, apart, deaf)).toEqual([false, false, true, false])
  process.kill(apart)
})

test('a shell that does not hear the hang-up is ended all the same', async () => {
  const shell = await openReady()
  await run(shell, `trap '' HUP TERM; echo $((6 * 7))`, '42')
  const { pid } = terminalOf(shell)
  await value(shells.close(shell.id, false))
  expect(await areAlive(pid)).toEqual([false])
})

test('one that could not be ended stays in the list, and is closed the next time', async () => {
  let fails = true
  const open: Terminals['open'] = async (request) => {
    const opened = await terminals.open(request)
    if (!opened.ok) return opened
    const kill: Terminal['kill'] = (signal) => {
      if (fails) throw new Error('EMFILE')
      opened.value.kill(signal)
    }
    return { ok: true, value: { ...opened.value, kill } }
  }
  const failing = createShells({ terminals: { ...terminals, open } })
  const shell = await value(failing.open(home))
  await expect(failing.close(shell.id, false)).rejects.toThrow('EMFILE')
  expect(failing.list()).toEqual([shell])
  fails = false
  await value(failing.close(shell.id, false))
  expect(failing.list()).toEqual([])
})

test('all of a session end with it, also one that is being opened', async () => {
  const first = await openReady()
  const other = await openReady({ ...home, session: 's2' })
  const coming = shells.open(home)
  await shells.endAll('s1')
  const { pid } = terminalOf(other)
  expect((await coming).ok).toBe(true)
  expect(shells.list()).toEqual([other])
  expect(terminals.get(first.id)).toBeUndefined()
  await shells.shut()
  expect([shells.list(), await areAlive(pid)]).toEqual([[], [false]])
  expect(await shells.open(home)).toMatchObject({ failure: { code: 'no-terminal' } })
})

test('a folder or a shell that is not there is said in a sentence', async () => {
  const gone = await shells.open({ ...home, cwd: join(folder, 'gone') })
  expect(gone).toMatchObject({
    failure: { code: 'worktree-missing', message: expect.stringMatching(/“login” \(.*gone\) is not there\. .*\.$/u) },
  })
  const none = await shells.open({ ...home, env: { ...home.env, SHELL: '/nowhere/fish' } })
  expect(none).toMatchObject({ failure: { code: 'no-terminal', message: expect.stringContaining('“/nowhere/fish”') } })
  expect(shells.list()).toEqual([])
})
