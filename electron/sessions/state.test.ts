import { expect, test } from 'vitest'
import { NO_HOOKS, type HookFacts } from './hook-facts.ts'
import { areHooksOff, DEAF_MS, NO_RUN, PROMPT_MS, START_MS, stateOf, type StateAnswer, type StateFacts } from './state.ts'

const alive = (forMs = 60_000) => ({ kind: 'alive', forMs }) as const
const ended = (code: number | null, signal: string | null = null, asked = false) =>
  ({ kind: 'ended', code, signal, asked }) as const
const stale = { status: 'busy' }
const told = (facts: Partial<HookFacts>): HookFacts => ({ ...NO_HOOKS, heard: true, ...facts })
const shell = { type: 'shell', description: 'Wait' }
const subagent = { type: 'subagent', description: 'Look' }
/** Without a status file, after its start. */
const deaf = { process: alive(), status: null, hadStatus: false } as const

const TABLE: readonly (readonly [
  string,
  Pick<StateFacts, 'process' | 'status' | 'hadStatus'> & Partial<StateFacts>,
  StateAnswer,
])[] = [
  ['just started', { process: alive(100), status: null, hadStatus: false }, { state: 'starting' }],
  [
    'a trust or log-in dialog keeps the status file away',
    { process: alive(START_MS), status: null, hadStatus: false },
    { state: 'starting', waitingFor: 'a question at its start' },
  ],
  ['a file without a status is still starting', { process: alive(10), status: {}, hadStatus: false }, { state: 'starting' }],
  ['idle', { process: alive(), status: { status: 'idle' }, hadStatus: true }, { state: 'idle' }],
  [
    'idle for a moment before it takes its first prompt',
    { process: alive(500), status: { status: 'idle' }, hadStatus: true, pending: { kind: 'given', forMs: 500 } },
    { state: 'starting' },
  ],
  [
    'idle for a moment after it was sent a prompt',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, pending: { kind: 'submitted', forMs: 100 } },
    { state: 'working' },
  ],
  [
    'idle for long without having taken its prompt',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, pending: { kind: 'given', forMs: PROMPT_MS } },
    { state: 'idle' },
  ],
  ['busy', { process: alive(), status: { status: 'busy' }, hadStatus: true }, { state: 'working' }],
  ['a background shell', { process: alive(), status: { status: 'shell' }, hadStatus: true }, { state: 'background' }],
  [
    'a permission prompt',
    { process: alive(), status: { status: 'waiting', waitingFor: 'permission prompt' }, hadStatus: true },
    { state: 'needs-permission', waitingFor: 'permission prompt' },
  ],
  [
    'a question',
    { process: alive(), status: { status: 'waiting', waitingFor: 'input needed' }, hadStatus: true },
    { state: 'asks', waitingFor: 'input needed' },
  ],
  [
    'a dialog',
    { process: alive(), status: { status: 'waiting', waitingFor: 'dialog open' }, hadStatus: true },
    { state: 'asks', waitingFor: 'dialog open' },
  ],
  [
    'waiting for who knows what',
    { process: alive(), status: { status: 'waiting' }, hadStatus: true },
    { state: 'asks', waitingFor: 'your answer' },
  ],
  ['a status of the future', { process: alive(), status: { status: 'dreaming' }, hadStatus: true }, { state: 'unknown' }],
  ['the file vanished under a living process', { process: alive(), status: null, hadStatus: true }, { state: 'unknown' }],
  ['left by itself', { process: ended(0), status: null, hadStatus: true }, { state: 'exited' }],
  ['stopped by us', { process: ended(143, null, true), status: null, hadStatus: true }, { state: 'exited' }],
  ['failed', { process: ended(1), status: null, hadStatus: false }, { state: 'crashed' }],
  [
    'killed, and its stale file says busy',
    { process: ended(null, 'SIGKILL'), status: stale, hadStatus: true },
    { state: 'crashed' },
  ],
  [
    'idle at a limit of the API',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, hooks: told({ turn: 'ended', limited: true }) },
    { state: 'limited' },
  ],
  [
    'busy again after a limit',
    { process: alive(), status: { status: 'busy' }, hadStatus: true, hooks: told({ turn: 'ended', limited: true }) },
    { state: 'working' },
  ],
  [
    'permission given: no hook tells, the status does',
    { process: alive(), status: { status: 'busy' }, hadStatus: true, hooks: told({ turn: 'running', asks: 'permission' }) },
    { state: 'working' },
  ],
  [
    'Esc: no hook tells, the status does',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, hooks: told({ turn: 'running' }) },
    { state: 'idle' },
  ],
  [
    'a subagent that runs on after the turn',
    { process: alive(), status: { status: 'busy' }, hadStatus: true, hooks: told({ turn: 'ended', background: [subagent] }) },
    { state: 'working' },
  ],
  [
    'a subagent that asks while we hold its request',
    { process: alive(), status: { status: 'busy' }, hadStatus: true, held: true },
    { state: 'needs-permission', waitingFor: 'permission prompt' },
  ],
  [
    'idle with something left in the background',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, hooks: told({ turn: 'ended', background: [shell] }) },
    { state: 'background' },
  ],
  [
    'idle, so its subagents are over',
    { process: alive(), status: { status: 'idle' }, hadStatus: true, hooks: told({ turn: 'ended', background: [subagent] }) },
    { state: 'idle' },
  ],
  [
    'a limit that a prompt is on its way to',
    {
      process: alive(),
      status: { status: 'idle' },
      hadStatus: true,
      hooks: told({ limited: true }),
      pending: { kind: 'submitted', forMs: 10 },
    },
    { state: 'working' },
  ],
  [
    'the file vanished, whatever hooks told',
    { process: alive(), status: null, hadStatus: true, hooks: told({ turn: 'running' }) },
    { state: 'unknown' },
  ],
  ['hooks of its start come before its status', { ...deaf, process: alive(400), hooks: told({}) }, { state: 'starting' }],
  ['hooks alone: idle', { ...deaf, hooks: told({}) }, { state: 'idle' }],
  ['hooks alone: working', { ...deaf, process: alive(400), hooks: told({ turn: 'running' }) }, { state: 'working' }],
  ['hooks alone: the turn ended', { ...deaf, hooks: told({ turn: 'ended' }) }, { state: 'idle' }],
  [
    'hooks alone: a permission',
    { ...deaf, hooks: told({ turn: 'running', asks: 'permission' }) },
    { state: 'needs-permission', waitingFor: 'permission prompt' },
  ],
  [
    'hooks alone: a question',
    { ...deaf, hooks: told({ turn: 'running', asks: 'question' }) },
    { state: 'asks', waitingFor: 'input needed' },
  ],
  ['hooks alone: a command left', { ...deaf, hooks: told({ turn: 'ended', background: [shell] }) }, { state: 'background' }],
  ['hooks alone: a subagent left', { ...deaf, hooks: told({ turn: 'ended', background: [subagent] }) }, { state: 'working' }],
  ['hooks alone: a limit', { ...deaf, hooks: told({ turn: 'ended', limited: true }) }, { state: 'limited' }],
  ['neither can be read', { ...deaf, blind: true }, { state: 'unknown' }],
  ['neither can be read, at its start', { ...deaf, process: alive(100), blind: true }, { state: 'starting' }],
  ['being made', { process: { kind: 'starting' }, status: null, hadStatus: false }, { state: 'starting' }],
  [
    'a process that outlived Sluice',
    { process: { kind: 'orphaned', pid: 7 }, status: null, hadStatus: false },
    { state: 'unknown', waitingFor: 'the end of process 7' },
  ],
  ['never started in this run of Sluice', { process: { kind: 'none' }, status: null, hadStatus: false }, { state: 'exited' }],
]

const KEPT = { archive: null, intent: null, linedUp: null, paused: false, setupFailure: null }

test.each(TABLE)('%s', (_name, facts, answer) => {
  expect(stateOf({ ...NO_RUN, ...facts }, KEPT)).toEqual(answer)
})

test('hooks are off when a status has been there for long enough, longer where no turn was seen, and none was heard', () => {
  const { afterTurn, afterStart } = DEAF_MS
  expect(areHooksOff({ heard: false, statusForMs: afterTurn, turnSeen: true })).toBe(true)
  expect(areHooksOff({ heard: false, statusForMs: afterTurn, turnSeen: false })).toBe(false)
  expect(areHooksOff({ heard: false, statusForMs: afterStart, turnSeen: false })).toBe(true)
  expect(areHooksOff({ heard: true, statusForMs: afterStart, turnSeen: true })).toBe(false)
})
