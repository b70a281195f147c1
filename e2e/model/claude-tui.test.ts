/** The real Claude Code CLI in a terminal, against the scripted model; judged by its status file alone. */
import { randomUUID } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billedOf } from './books.ts'
import { makeUntrustedClaudeHome } from './claude-home.ts'
import { bash, say, script } from './scripts.ts'
import type { Step } from './scripts.ts'
import { makeBench, startTui, transcripts, until } from './testing.ts'
import type { Bench, Status, Tui } from './testing.ts'

const SLOW: Step = { text: 'Word after word.\n'.repeat(40), chunks: 400, chunkMs: 20 }

let bench: Bench
let tui: Tui | null = null

beforeEach(async () => {
  bench = await makeBench({ talk: [say('One.'), say('Two.'), say('Three.')], slow: [SLOW, say('Two.')] })
})

afterEach(async () => {
  await tui?.stop()
  tui = null
  await bench.dispose()
})

function open(args: readonly string[], home = bench): Tui {
  tui = startTui(home, bench.repository, args)
  return tui
}

function becomes(opened: Tui, wanted: string): Promise<Status> {
  return until(opened.status, (status) => status.status === wanted)
}

/** Presses Enter until it is taken: a dialog ignores keys in its first moments. */
async function answer(opened: Tui): Promise<void> {
  const press = async () => {
    const status = await opened.status()
    if (status.status === 'waiting') opened.type('\r')
    return status
  }
  await until(press, (status) => status.status !== 'waiting')
}

function turns(): readonly string[] {
  return billedOf(bench.model.books()).map((entry) => `${entry.part} ${entry.step ?? '-'} ${entry.outcome}`)
}

test('the prompt is reached without a dialog, and a typed script plays', async () => {
  const opened = open(['--permission-mode', 'manual'])
  await becomes(opened, 'idle')
  expect(bench.model.books()).toEqual([])

  opened.type('run:talk')
  opened.type('\r')
  await until(turns, (played) => played.length > 0)
  await becomes(opened, 'idle')
  expect(turns()).toEqual(['turn 0 complete'])
})

test('a Bash step waits for permission under manual, and runs once it is given', async () => {
  const opened = open(['--permission-mode', 'manual', script([bash('touch asked-first'), say('Touched.')])])
  expect(await becomes(opened, 'waiting')).toEqual({ status: 'waiting', waitingFor: 'permission prompt' })
  const touched = join(bench.repository, 'asked-first')
  await expect(access(touched)).rejects.toThrow('ENOENT')

  await answer(opened)
  await until(turns, (played) => played.length === 2)
  await becomes(opened, 'idle')
  await access(touched)
})

test('a title request plays nothing', async () => {
  const env = { ...bench.env, CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '' }
  const opened = open([script([say('One.'), say('Two.')])], { ...bench, env })
  await until(turns, (played) => played.length === 2)
  await becomes(opened, 'idle')
  expect([...turns()].sort()).toEqual(['structured - complete', 'turn 0 complete'])
})

test('a compacted conversation plays on where it was', async () => {
  const opened = open(['run:talk'])
  await until(turns, (played) => played.length === 1)
  await becomes(opened, 'idle')
  opened.type('/compact')
  opened.type('\r')
  await until(turns, (played) => played.length === 2)
  await becomes(opened, 'idle')
  opened.type('Go on.')
  opened.type('\r')
  await until(turns, (played) => played.length === 3)
  expect(turns()).toEqual(['turn 0 complete', 'compaction - complete', 'turn 0 complete'])
})

test('an interrupted answer is in the books, and the next prompt goes on', async () => {
  const opened = open(['run:slow'])
  await until(opened.screen, (screen) => screen.includes('Word'))
  // On a slow machine the first one may come before the CLI listens for it.
  for (let tries = 0; tries < 8 && turns().length === 0; tries += 1) {
    opened.type('\u001B')
    await until(turns, (played) => played.length === 1, 3000).catch(() => undefined)
  }
  await becomes(opened, 'idle')
  opened.type('Go on.')
  opened.type('\r')
  await until(turns, (played) => played.length === 2)
  expect(turns()).toEqual(['turn 0 interrupted', 'turn 1 complete'])
})

test('a session killed in mid-answer plays the lost turn again when it is resumed', async () => {
  const id = randomUUID()
  const opened = open(['--session-id', id, 'run:slow'])
  await until(bench.model.playing, (playing) => playing === 1)
  await until(
    () => transcripts(bench),
    (text) => text.includes('"content":"run:slow"'),
  )
  process.kill(opened.pid, 'SIGKILL')
  await until(turns, (played) => played.length === 1)
  const resumed = startTui(bench, bench.repository, ['--resume', id, 'Go on.'])
  try {
    await until(bench.model.playing, (playing) => playing === 1)
  } finally {
    await resumed.stop('SIGKILL')
  }
  await until(turns, (played) => played.length === 2)
  expect(turns()).toEqual(['turn 0 interrupted', 'turn 0 interrupted'])
})

test('an untrusted repository is asked about, and has no status until then', async () => {
  const home = await makeUntrustedClaudeHome({ folder: join(bench.folder, 'stranger'), model: bench.model.url })
  tui = startTui(home, bench.repository, ['run:talk'])
  await until(tui.screen, (screen) => screen.includes('trust'))
  expect(await tui.status()).toEqual({ status: null, waitingFor: null })
  expect(bench.model.books()).toEqual([])
})
