import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createManualClock, type ManualClock } from '../terminals/testing/manual-clock.ts'
import type { SessionFact } from './facts.ts'
import type { Hook } from './ledger.ts'
import { createPermissions, HOLD_MS, WAIT_MS, type Permissions } from './permissions.ts'
import type { ClaudeStatus, StateAnswer } from './state.ts'

let ledger: string
let clock: ManualClock
let kept: SessionFact[]
let permissions: Permissions

const WORKING: readonly [StateAnswer, ClaudeStatus] = [{ state: 'working' }, { status: 'busy' }]
const ASKED: readonly [StateAnswer, ClaudeStatus] = [
  { state: 'needs-permission', waitingFor: 'permission prompt' },
  { status: 'waiting', waitingFor: 'permission prompt' },
]
/** A subagent waits for us: Claude Code says that it is busy. */
const HELD: readonly [StateAnswer, ClaudeStatus] = [ASKED[0], { status: 'busy' }]

beforeEach(async () => {
  ledger = await mkdtemp(join(tmpdir(), 'sluice-permissions-'))
  clock = createManualClock()
  kept = []
  permissions = createPermissions({
    id: 'one',
    ledger,
    clock,
    record: () => {
      throw new Error('Not needed here.')
    },
    keep: (fact) => kept.push(fact),
    tell: () => undefined,
  })
  permissions.settle(...WORKING)
})

afterEach(() => rm(ledger, { recursive: true, force: true }))

async function ask(id: string, command: string, more: Partial<Hook> = {}): Promise<void> {
  await writeFile(join(ledger, id), '')
  const request = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'Bash', tool_input: { command } }
  permissions.hear({ ...request, ask: id, ...more })
}

const left = (): Promise<readonly string[]> => readdir(ledger)
async function gone(): Promise<void> {
  await expect.poll(left).toEqual([])
}
const answers = (): readonly unknown[] => kept.filter(({ kind }) => kind === 'permission-answered')

test('it is shown once the session says that it asks, and is named by what it is for', async () => {
  await ask('ask.1', 'npm test\nls')
  expect(permissions.asked()).toBeUndefined()
  permissions.settle(...ASKED)
  expect(permissions.asked()).toEqual({ id: 'ask.1', tool: 'Bash', input: 'npm test\nls', more: 0 })
  expect(permissions.named(ASKED[0])).toEqual({ state: 'needs-permission', waitingFor: 'Bash: npm test ls' })
  expect(permissions.named(WORKING[0])).toEqual(WORKING[0])
})

test('an answer is written for the hook and kept without what the tool was given', async () => {
  await ask('ask.1', 'echo secret')
  permissions.settle(...ASKED)
  expect(await permissions.answer('ask.1', false)).toMatchObject({ ok: true })
  const answer: unknown = JSON.parse(await readFile(join(ledger, 'ask.1.answer'), 'utf8'))
  expect(answer).toMatchObject({ hookSpecificOutput: { decision: { behavior: 'deny' } } })
  expect(permissions.asked()).toBeUndefined()
  expect(answers()).toEqual([{ kind: 'permission-answered', session: 'one', tool: 'Bash', by: 'sluice', allow: false }])
  expect(JSON.stringify(kept)).not.toContain('secret')
})

test('the second answer is told that there was a first, and so is one for something that nobody asked', async () => {
  await ask('ask.1', 'ls')
  permissions.settle(...ASKED)
  const both = await Promise.all([permissions.answer('ask.1', true), permissions.answer('ask.1', false)])
  expect(both).toMatchObject([{ ok: true }, { failure: { code: 'answered' } }])
  expect(await permissions.answer('../../etc', true)).toMatchObject({ failure: { code: 'answered' } })
})

test('a hook that has ended cannot be answered any more', async () => {
  await ask('ask.1', 'ls')
  permissions.settle(...ASKED)
  await rm(join(ledger, 'ask.1'))
  expect(await permissions.answer('ask.1', true)).toMatchObject({ failure: { code: 'answered' } })
  expect(permissions.asked()).toBeUndefined()
  expect(await left()).toEqual([])
  expect(answers()).toEqual([])
})

test('what is answered in the terminal goes here, and its hook ends', async () => {
  await ask('ask.1', 'ls')
  permissions.settle(...ASKED)
  permissions.settle(...WORKING)
  await gone()
  expect(answers()).toEqual([{ kind: 'permission-answered', session: 'one', tool: 'Bash', by: 'terminal' }])
  expect(await permissions.answer('ask.1', true)).toMatchObject({ failure: { code: 'answered' } })
})

test('the next request takes the place of one whose answer was too quick to be seen', async () => {
  await ask('ask.1', 'ls')
  permissions.settle(...ASKED)
  await ask('ask.2', 'pwd')
  expect(permissions.asked()).toMatchObject({ id: 'ask.2', more: 0 })
  await expect.poll(left).toEqual(['ask.2'])
})

test('a request that the end of its turn leaves behind is over', async () => {
  await ask('ask.1', 'ls')
  permissions.hear({ hook_event_name: 'Stop', session_id: 's' })
  await gone()
  permissions.settle(...ASKED)
  expect(permissions.asked()).toBeUndefined()
})

test('requests of subagents are a list; the one with a dialog comes first', async () => {
  await ask('ask.1', 'one', { agent_id: 'a' })
  await ask('ask.2', 'two', { agent_id: 'b' })
  expect(permissions.holds()).toBe(true)
  permissions.settle(...HELD)
  expect(permissions.asked()).toMatchObject({ id: 'ask.1', more: 1 })
  await ask('ask.3', 'three')
  permissions.settle(...ASKED)
  expect(permissions.asked()).toMatchObject({ id: 'ask.3', more: 2 })
  permissions.settle(...HELD)
  expect(permissions.asked()).toMatchObject({ id: 'ask.1', more: 1 })
  expect(answers()).toHaveLength(1)
})

test('a subagent’s request goes to the terminal when nobody answers it here for long', async () => {
  await ask('ask.1', 'one', { agent_id: 'a' })
  permissions.settle(...HELD)
  clock.advance(HOLD_MS)
  await gone()
  expect([permissions.asked(), permissions.holds()]).toEqual([undefined, true])
  clock.advance(5000)
  expect(permissions.holds()).toBe(false)
  permissions.settle(...ASKED)
  expect(permissions.named(ASKED[0]).waitingFor).toBe('Bash: one')
  permissions.settle(...WORKING)
  expect(answers()).toMatchObject([{ by: 'terminal' }])
})

test('each subagent’s request has its own minute', async () => {
  await ask('ask.1', 'one', { agent_id: 'a' })
  clock.advance(HOLD_MS - 1000)
  await ask('ask.2', 'two', { agent_id: 'b' })
  permissions.settle(...HELD)
  clock.advance(1000)
  expect(permissions.asked()).toMatchObject({ id: 'ask.2', more: 0 })
  await expect.poll(left).toEqual(['ask.2'])
})

test('what its hook has given up is offered here no more, and is still asked in the terminal', async () => {
  await ask('ask.1', 'one')
  permissions.settle(...ASKED)
  clock.advance(WAIT_MS)
  expect(permissions.asked()).toBeUndefined()
  expect(permissions.named(ASKED[0]).waitingFor).toBe('Bash: one')
  expect(await permissions.answer('ask.1', true)).toMatchObject({ failure: { code: 'answered' } })
  await gone()
})

test('a key in the terminal hands a subagent’s request over; a report of the terminal itself does not', async () => {
  await ask('ask.1', 'one', { agent_id: 'a' })
  permissions.settle(...HELD)
  permissions.typed(new TextEncoder().encode('\u001B[I'))
  expect(permissions.asked()).toBeDefined()
  permissions.typed(new TextEncoder().encode('x'))
  expect(permissions.asked()).toBeUndefined()
  await gone()
})

test('nothing is asked by a session that has ended, and nobody answered', async () => {
  await ask('ask.1', 'one')
  await ask('ask.2', 'two', { agent_id: 'a' })
  permissions.settle(...ASKED)
  permissions.settle({ state: 'crashed' }, null)
  await gone()
  expect([permissions.asked(), permissions.holds(), answers()]).toEqual([undefined, false, []])
})

test('what only the terminal can answer is named, and not offered here', () => {
  const request = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'ExitPlanMode', tool_input: {} }
  permissions.hear(request)
  permissions.settle(...ASKED)
  expect(permissions.asked()).toBeUndefined()
  expect(permissions.named(ASKED[0]).waitingFor).toContain('ExitPlanMode: Its plan is ready')
  permissions.settle(...WORKING)
  expect(answers()).toMatchObject([{ by: 'terminal', tool: 'ExitPlanMode' }])
})

test('a question is shown while it is asked, without what could steer a page', () => {
  const questions = [{ question: 'Which\u001b one?', options: [{ label: 'A' }, { label: 'B' }] }, { question: 'Why?' }]
  permissions.hear({
    hook_event_name: 'PermissionRequest',
    session_id: 's',
    tool_name: 'AskUserQuestion',
    tool_input: { questions },
  })
  expect(permissions.questions()).toBeUndefined()
  permissions.settle({ state: 'asks', waitingFor: 'input needed' }, { status: 'waiting', waitingFor: 'input needed' })
  expect(permissions.questions()).toEqual([
    { question: 'Which� one?', options: ['A', 'B'] },
    { question: 'Why?', options: [] },
  ])
  permissions.settle(...WORKING)
  permissions.settle({ state: 'asks', waitingFor: 'dialog open' }, { status: 'waiting', waitingFor: 'dialog open' })
  expect(permissions.questions()).toBeUndefined()
})
