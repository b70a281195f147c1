import { expect, test } from 'vitest'
import { hookFacts, leftInBackground, NO_HOOKS, statusSeen, type HookFacts } from './hook-facts.ts'
import type { Hook } from './ledger.ts'

type Told = Partial<Hook> & { readonly hook_event_name: string }
const shell = { type: 'shell', description: 'Wait', status: 'running' }
const subagent = { type: 'subagent', description: 'Look', status: 'running' }

function after(...told: readonly (Told | string)[]): HookFacts {
  return told.reduce<HookFacts>(
    (facts, one) => (typeof one === 'string' ? statusSeen(facts, one) : hookFacts(facts, { session_id: 's', ...one })),
    NO_HOOKS,
  )
}

const START = { hook_event_name: 'SessionStart', source: 'startup' }
const PROMPT = { hook_event_name: 'UserPromptSubmit', prompt: 'x', prompt_id: 'p1' }
const STOP = { hook_event_name: 'Stop', prompt_id: 'p1', background_tasks: [] }

const TABLE: readonly (readonly [string, readonly (Told | string)[], Partial<HookFacts>])[] = [
  ['nothing', [], { heard: false, turn: 'none' }],
  ['its start', [START], { heard: true, turn: 'none' }],
  ['a prompt', [START, PROMPT], { turn: 'running' }],
  ['the end of a turn', [START, PROMPT, STOP], { turn: 'ended', background: [] }],
  ['a prompt that is heard after the end of its turn', [START, STOP, PROMPT], { turn: 'ended' }],
  ['the next prompt', [START, PROMPT, STOP, { ...PROMPT, prompt_id: 'p2' }], { turn: 'running' }],
  ['a permission', [PROMPT, { hook_event_name: 'PermissionRequest', tool_name: 'Bash' }], { asks: 'permission' }],
  [
    'a permission of a subagent opens no dialog',
    [PROMPT, { hook_event_name: 'PermissionRequest', tool_name: 'Bash', agent_id: 'a' }],
    { asks: null, turn: 'running' },
  ],
  ['a question', [PROMPT, { hook_event_name: 'PermissionRequest', tool_name: 'AskUserQuestion' }], { asks: 'question' }],
  [
    'a permission answered from here',
    [PROMPT, { hook_event_name: 'PermissionRequest' }, { hook_event_name: 'PermissionAnswered' }],
    { asks: null, turn: 'running' },
  ],
  [
    'a notification says no less than the question that it is about',
    [
      PROMPT,
      { hook_event_name: 'PermissionRequest', tool_name: 'AskUserQuestion' },
      { hook_event_name: 'Notification', notification_type: 'permission_prompt' },
    ],
    { asks: 'question' },
  ],
  ['waiting for long', [PROMPT, { hook_event_name: 'Notification', notification_type: 'idle_prompt' }], { turn: 'ended' }],
  ['any other notification', [PROMPT, { hook_event_name: 'Notification', notification_type: 'auth' }], { turn: 'running' }],
  ['a limit', [PROMPT, { hook_event_name: 'StopFailure', error: 'rate_limit' }], { turn: 'ended', limited: true }],
  ['another error', [PROMPT, { hook_event_name: 'StopFailure', error: 'unknown' }], { turn: 'ended', limited: false }],
  [
    'a prompt after a limit',
    [PROMPT, { hook_event_name: 'StopFailure', error: 'rate_limit', prompt_id: 'p1' }, { ...PROMPT, prompt_id: 'p2' }],
    { limited: false },
  ],
  ['compaction in the middle of a turn', [PROMPT, { ...START, source: 'compact' }], { turn: 'running' }],
  [
    '/clear leaves what runs in the background',
    [PROMPT, { ...STOP, background_tasks: [shell] }, { ...START, source: 'clear' }],
    { turn: 'none', background: [{ type: 'shell', description: 'Wait' }] },
  ],
  ['the end of it all', [PROMPT, { hook_event_name: 'SessionEnd', reason: 'other' }], { ending: true }],
  ['/clear is not the end', [PROMPT, { hook_event_name: 'SessionEnd', reason: 'clear' }], { ending: false }],
  ['a hook of the future', [PROMPT, { hook_event_name: 'Dreaming' }], { turn: 'running', heard: true }],
  [
    'a task that has ended is none',
    [PROMPT, { ...STOP, background_tasks: [{ ...shell, status: 'completed' }] }],
    { background: [] },
  ],
  [
    'a command in the background, which the status says is over',
    [PROMPT, 'shell', { ...STOP, background_tasks: [shell] }, 'idle'],
    { background: [], shellSeen: false },
  ],
]

test.each(TABLE)('%s', (_name, told, facts) => {
  expect(after(...told)).toMatchObject(facts)
})

test('what is left in the background is what the status does not deny', () => {
  const facts = after(PROMPT, { ...STOP, background_tasks: [shell, subagent] })
  const types = (status: string | undefined): readonly string[] => leftInBackground(facts, status).map(({ type }) => type)
  expect([types('busy'), types('shell'), types('idle'), types(undefined)]).toEqual([
    ['shell', 'subagent'],
    ['shell'],
    ['shell'],
    ['shell', 'subagent'],
  ])
  expect(leftInBackground(after(PROMPT), 'busy')).toEqual([])
})

test('what a task is called cannot steer what shows it', () => {
  const [task] = after({ ...STOP, background_tasks: [{ ...shell, description: `a\u001b[2J${'b'.repeat(500)}` }] }).background
  expect(task?.description).toHaveLength(200)
  expect(task?.description).not.toContain('\u001b')
})
