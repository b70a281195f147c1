/** The states of sessions with the real Claude Code: every transition that its status file, its hooks and its end tell. */

import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { agent, bash, say, type Step } from '../model/scripts.ts'
import { until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type Life } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 6 })

/** Keys in the first 0.6 s of a dialog are ignored. */
const DIALOG_MS = 800
const ESC = '\u001B'
const SLOW: Step = { text: 'Word after word.\n'.repeat(40), chunks: 400, chunkMs: 50 }

let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse()
})

afterAll(() => house.close())

const DIALOG = ['needs-permission', 'asks'] as const

type While = (session: Session) => boolean

const among =
  (states: readonly string[]): While =>
  ({ state }) =>
    states.includes(state)

/** Types until that is so, while the session is like that: a dialog ignores keys in its first moments, and a busy machine is late. */
async function press(life: Life, keys: string, gone: Promise<unknown>, as: While = among(DIALOG)): Promise<void> {
  let over = false
  const done = gone.finally(() => (over = true))
  while (!over) {
    await pause(DIALOG_MS)
    if (!over && as(life.now())) life.type(keys)
  }
  await done
}

const kinds = (life: Life): readonly string[] => life.events().map(({ kind }) => kind)

test.concurrent('a turn: starting, working, idle', async () => {
  const life = await house.start('plain', [bash('sleep 1'), say('Done.')], 'acceptEdits')
  await life.becomes('working')
  await life.becomes('idle')
  expect(life.states()).toEqual(['starting', 'working', 'idle'])
  expect(life.now().waitingSince).toBeDefined()
})

test.concurrent('a permission is asked, shown with its input, and given from here', async () => {
  const life = await house.start('given', [bash('touch given-file\necho "second line"'), say('Done.')])
  const asking = await life.when(({ permission }) => permission !== undefined)
  expect(asking).toMatchObject({
    state: 'needs-permission',
    waitingFor: 'Bash: touch given-file echo "second line"',
    permission: { tool: 'Bash', input: 'touch given-file\necho "second line"', more: 0 },
  })
  const permission = asking.permission!.id
  const [first, second] = await Promise.all([
    house.client.call('session.answer', { name: 'given', permission, allow: true }),
    house.client.call('session.answer', { name: 'given', permission, allow: true }),
  ])
  // The answer tells the session as it is after it.
  expect(first).toMatchObject({ ok: true, value: { state: expect.stringMatching(/^(?:working|idle)$/u) } })
  expect(second).toMatchObject({ failure: { code: 'answered' } })
  const idle = await life.becomes('idle')
  expect(idle.permission).toBeUndefined()
  expect(life.states()).toEqual(['starting', 'working', 'needs-permission', 'working', 'idle'])
  expect(await readdir(life.session.worktree)).toContain('given-file')
  expect(kinds(life).filter((kind) => kind.startsWith('permission'))).toEqual(['permission-asked', 'permission-answered'])
  // What a tool is to be given may hold secrets: it is in the live view alone.
  expect(JSON.stringify(life.events().filter(({ kind }) => kind !== 'session-started'))).not.toContain('given-file')
  expect(house.logged.join('')).not.toContain('given-file')
})

test.concurrent('a permission denied from here is not used, and the turn goes on without it', async () => {
  const life = await house.start('denied', [bash('touch denied-file'), say('Then not.')])
  const { permission } = await life.when((session) => session.permission !== undefined)
  const denied = await house.call('session.answer', { name: 'denied', permission: permission!.id, allow: false })
  expect(denied).toMatchObject({ state: expect.stringMatching(/^(?:working|idle)$/u) })
  await life.becomes('idle')
  expect(await readdir(life.session.worktree)).not.toContain('denied-file')
})

test.concurrent('a permission given in the terminal clears ours, and the next one is shown', async () => {
  const two = {
    tools: ['one-file', 'two-file'].map((file) => ({ tool: 'Bash', input: { command: `touch ${file}`, description: 'Touch' } })),
  }
  const life = await house.start('terminal', [two, say('Done.')])
  const first = await life.when(({ permission }) => permission?.input === 'touch one-file')
  const second = life.when(({ permission }) => permission?.input === 'touch two-file')
  await press(life, '\r', second, ({ permission }) => permission?.id === first.permission?.id)
  expect(
    await house.client.call('session.answer', { name: 'terminal', permission: first.permission!.id, allow: true }),
  ).toMatchObject({
    failure: { code: 'answered' },
  })
  await press(life, '\r', life.becomes('idle'))
  expect(life.now().permission).toBeUndefined()
  const answered = life.events().filter(({ kind }) => kind === 'permission-answered')
  expect(answered).toMatchObject([{ by: 'terminal' }, { by: 'terminal' }])
})

test.concurrent('a permission refused in the terminal is told by no hook, and clears all the same', async () => {
  const life = await house.start('refused', [bash('touch refused-file'), say('Done.')])
  await life.when(({ permission }) => permission !== undefined)
  await press(life, ESC, life.becomes('idle'))
  expect(life.now().permission).toBeUndefined()
})

test.concurrent('Esc in the middle of a turn: idle, though no hook tells', async () => {
  const life = await house.start('escaped', [SLOW, say('Never.')])
  await life.becomes('working')
  await press(life, ESC, life.becomes('idle'), among(['working']))
  expect(life.states()).toEqual(['starting', 'working', 'idle'])
})

test.concurrent('a command left in the background is told, and idle follows when it ends', async () => {
  const background = { tool: 'Bash', input: { command: 'sleep 5', description: 'Wait a little', run_in_background: true } }
  const life = await house.start('background', [background, say('Left running.')], 'acceptEdits')
  const left = await life.when(({ state, background: tasks }) => state === 'background' && tasks !== undefined)
  expect(left).toMatchObject({ state: 'background', background: [{ type: 'shell', description: 'Wait a little' }] })
  const idle = await life.becomes('idle')
  expect(idle.background).toBeUndefined()
})

test.concurrent('a subagent that still runs after the end of the turn: working', async () => {
  const life = await house.start('subagent', [agent('Look around', [bash('sleep 3'), say('Seen.')]), say('Sent.')], 'acceptEdits')
  const sent = await life.when(({ background }) => background !== undefined)
  expect(sent).toMatchObject({ state: 'working', background: [{ type: 'subagent', description: 'Look around' }] })
  const idle = await life.becomes('idle')
  expect(idle.background).toBeUndefined()
  expect(life.states()).toEqual(['starting', 'working', 'idle'])
})

test.concurrent('two subagents that ask at once: a list, answered from here one after the other', async () => {
  const both = {
    tools: ['left', 'right'].map((side) => ({
      tool: 'Agent',
      input: {
        description: side,
        prompt: `run:${JSON.stringify([bash(`touch ${side}-file`), say('Done.')])}`,
        subagent_type: 'general-purpose',
      },
    })),
  }
  const life = await house.start('agents', [both, say('Sent.')])
  const two = await life.when(({ permission }) => permission?.more === 1)
  expect(two.state).toBe('needs-permission')
  await house.call('session.answer', { name: 'agents', permission: two.permission!.id, allow: true })
  const one = await life.when(({ permission }) => permission !== undefined && permission.id !== two.permission!.id)
  expect(one.permission?.more).toBe(0)
  // A key in the terminal hands the other one over: its dialog opens there.
  life.type('x')
  await life.when(({ state, permission }) => state === 'needs-permission' && permission === undefined)
  await press(life, '\r', life.becomes('idle'))
  expect((await readdir(life.session.worktree)).filter((name) => name.endsWith('-file'))).toHaveLength(2)
})

test.concurrent('/clear begins another conversation of the same session', async () => {
  const life = await house.start('cleared', [say('Hello.')])
  const before = await life.becomes('idle')
  life.type('/clear')
  const changed = life.when(({ claudeSession }) => claudeSession !== before.claudeSession)
  await press(life, '\r', changed, among(['idle']))
  const after = await changed
  expect(after.id).toBe(before.id)
  expect(kinds(life)).toContain('session-conversation-changed')
  await life.becomes('idle')
})

test.concurrent('a server that is overloaded twice is worked through', async () => {
  const life = await house.start('overloaded', [{ status: 529, times: 2 }, say('At last.')])
  await life.becomes('idle')
  expect(life.states()).toEqual(['starting', 'working', 'idle'])
})

test.concurrent('a limit of the API: limited', async () => {
  const life = await house.start('limited', [{ status: 429, times: 30 }, say('Never.')])
  const limited = await life.becomes('limited')
  expect(limited.limitedUntil).toBeUndefined()
  expect(limited.waitingSince).toBeDefined()
})

test.concurrent('a plan that is ready is named, and begun in the terminal: a hook may not begin it', async () => {
  const life = await house.start('planned', [{ tool: 'ExitPlanMode', input: { plan: '# Plan' } }, say('Begun.')], 'plan')
  const asking = await life.when(({ waitingFor }) => waitingFor?.startsWith('ExitPlanMode: ') === true)
  expect(asking).toMatchObject({ state: 'needs-permission' })
  expect(asking.permission).toBeUndefined()
  await press(life, '\r', life.becomes('idle'))
})

test.concurrent('a question is shown with what it offers, and answered in the terminal', async () => {
  const options = ['SQLite', 'Postgres'].map((label) => ({ label, description: 'A database' }))
  const input = { questions: [{ question: 'Which database?', header: 'Database', options, multiSelect: false }] }
  const life = await house.start('question', [{ tool: 'AskUserQuestion', input }, say('Thanks.')])
  const asks = await life.when(({ questions }) => questions !== undefined)
  expect(asks).toMatchObject({ state: 'asks', questions: [{ question: 'Which database?', options: ['SQLite', 'Postgres'] }] })
  expect(asks.permission).toBeUndefined()
  await press(life, '\r', life.becomes('idle'))
  expect(life.now().questions).toBeUndefined()
})

test.concurrent('killed: crashed, whatever the file says that it left', async () => {
  const life = await house.start('killed', [SLOW, say('Never.')])
  const { pid } = await life.when(({ state, pid: number }) => state === 'working' && number !== undefined)
  const file = join(house.home.config, 'sessions', `${pid}.json`)
  await until(
    () => readFile(file, 'utf8'),
    (text) => text.includes('"busy"'),
  )
  process.kill(pid!, 'SIGKILL')
  await life.when(({ exit }) => exit?.signal === 'SIGKILL')
  expect(life.states()).toContain('crashed')
  expect(await readFile(file, 'utf8')).toContain('"busy"')
})

test.concurrent('/exit: exited, and no state is invented on the way', async () => {
  const life = await house.start('left', [say('Bye.')])
  await life.becomes('idle')
  life.type('/exit')
  await press(life, '\r', life.becomes('exited'), among(['idle']))
  expect(life.states()).not.toContain('unknown')
})
