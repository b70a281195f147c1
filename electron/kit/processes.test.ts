import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { endAll } from './ending.ts'
import { among, commandOf, familyOf, isStill, processStart, seenIn, seeProcesses, valueIn, type Seen } from './processes.ts'

const seen = (pid: number, parent: number, mark: string | null = null): Seen => ({ pid, parent, start: `s${pid}`, mark })

test('a variable is found whole, wherever it stands, and never inside another one', () => {
  const environment = Buffer.from('NOT_RUN=x\0RUN=a=b\0PATH=/bin\0')
  expect(valueIn(environment, 'RUN')).toBe('a=b')
  expect(valueIn(environment, 'NOT_RUN')).toBe('x')
  expect(valueIn(environment, 'PATH')).toBe('/bin')
  expect(valueIn(environment, 'BIN')).toBeNull()
  expect(valueIn(Buffer.from('RUN=last'), 'RUN')).toBe('last')
  expect(valueIn(Buffer.alloc(0), 'RUN')).toBeNull()
})

test('a line of ps is read, and one of another user is not ours', () => {
  expect(seenIn('  412     1   501 Sat Nov 21 14:00:01 2026', 501)).toEqual({
    pid: 412,
    parent: 1,
    start: 'Sat Nov 21 14:00:01 2026',
    mark: null,
  })
  expect(seenIn('412 1 0 Sat Nov 21 14:00:01 2026', 501)).toBeNull()
  expect(seenIn('', 501)).toBeNull()
})

test('a family is what is ours and what that started', () => {
  const all = [seen(1, 0), seen(10, 1, 'a'), seen(11, 10), seen(12, 11), seen(20, 1), seen(30, 1, 'a')]
  const pids = familyOf(all, ({ mark }) => mark === 'a', 999).map(({ pid }) => pid)
  expect(pids.toSorted()).toEqual([10, 11, 12, 30])
})

test('we, whoever started us, and what bears another mark are never in it', () => {
  const all = [seen(1, 0, 'a'), seen(10, 1, 'a'), seen(11, 10), seen(12, 11, 'b'), seen(13, 10, 'b'), seen(14, 13), seen(15, 10)]
  expect(familyOf(all, ({ mark }) => mark === 'a', 11)).toEqual([])
  expect(familyOf(all, ({ pid }) => pid === 13, 11).map(({ pid }) => pid)).toEqual([13, 14])
})

test('a process that got the number of another one is not that one', () => {
  expect(among([seen(5, 1)])({ ...seen(5, 1), start: 'later' })).toBe(false)
  expect(among([seen(5, 1)])(seen(5, 77))).toBe(true)
})

test.runIf(process.platform === 'linux')('a process is known by its number and its start', async () => {
  const start = await processStart(process.pid)
  expect(await isStill({ pid: process.pid, start: start ?? '' })).toBe(true)
  expect(await isStill({ pid: process.pid, start: '1' })).toBe(false)
  expect(await processStart(2 ** 30)).toBeNull()
  expect(await commandOf(process.pid)).not.toBe('')
})

const MARK = 'KIT_TEST_RUN'

/** Starts it with a mark; gives the first line it prints. */
async function start(script: string, mark: string): Promise<string> {
  const child = spawn('/bin/sh', ['-c', script], { env: { ...process.env, [MARK]: mark }, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return line
}

const marked = async (mark: string): Promise<readonly Seen[]> =>
  familyOf(await seeProcesses(MARK), (one) => one.mark === mark, process.pid)

test.runIf(process.platform === 'linux')(
  'what left its session, its group and its parent is found by its mark, and a child without the mark by its parent',
  async () => {
    const mark = crypto.randomUUID()
    await start('setsid sh -c "(sleep 60 & env -i sleep 61 & wait) & echo there; wait" & wait', mark)
    await expect.poll(async () => (await marked(mark)).length).toBeGreaterThanOrEqual(4)
    expect(await endAll(() => marked(mark))).toEqual([])
    expect(await marked(mark)).toEqual([])
  },
)

test.runIf(process.platform === 'linux')('what does not listen to SIGTERM is killed, and others live on', async () => {
  const [mark, other] = [crypto.randomUUID(), crypto.randomUUID()]
  await start('trap "" TERM HUP; echo there; while :; do sleep 0.1; done', mark)
  await start('echo there; sleep 60', other)
  expect(await endAll(() => marked(mark))).toEqual([])
  expect(await marked(mark)).toEqual([])
  expect(await marked(other)).not.toEqual([])
  expect(await endAll(() => marked(other))).toEqual([])
})
