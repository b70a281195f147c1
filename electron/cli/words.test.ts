import { expect, test } from 'vitest'
import { UsageError } from './grammar.ts'
import { parseWords } from './words.ts'

const read = (line: string): unknown => parseWords(line.split(' '))
const plain = { json: false, data: undefined }

test.each<[string, object]>([
  ['session list', { kind: 'session-list' }],
  ...['show', 'approve', 'unapprove', 'stop', 'resume', 'interrupt', 'pause', 'restore', 'repair'].map(
    (verb): [string, object] => [`session ${verb} login`, { kind: 'session-verb', verb, name: 'login' }],
  ),
  ['session allow login', { kind: 'session-answer', name: 'login', allow: true }],
  ['session deny login', { kind: 'session-answer', name: 'login', allow: false }],
  ['session archive login', { kind: 'session-archive', name: 'login' }],
  ['session leavings login', { kind: 'session-leavings', name: 'login' }],
  ['session output login', { kind: 'session-output', name: 'login' }],
  ['session send login go --wait', { kind: 'session-send', name: 'login', text: 'go', wait: true }],
  ['session send login -', { kind: 'session-send', name: 'login', text: '-', wait: false }],
  ['session fork a b', { kind: 'session-fork', name: 'a', to: 'b', prompt: undefined, research: false }],
  ['session fork a b --research --prompt -', { kind: 'session-fork', name: 'a', to: 'b', prompt: '-', research: true }],
  ['session import', { kind: 'session-import', path: undefined, name: undefined }],
  ['session import ../tree --name x', { kind: 'session-import', path: '../tree', name: 'x' }],
  [
    'session wait a --state archived,paused',
    { kind: 'session-wait', name: 'a', states: ['archived', 'paused'], timeout: undefined },
  ],
  ['queue drop-handoff a', { kind: 'queue-verb', verb: 'drop-handoff', name: 'a' }],
  [
    'events --follow --session a --kind landed --kind entry-blocked --last 5',
    { kind: 'events', follow: true, since: 0, session: 'a', kinds: ['landed', 'entry-blocked'], last: 5 },
  ],
  ['events --since 7', { kind: 'events', follow: false, since: 7, session: undefined, kinds: [], last: undefined }],
])('“sluice %s” is understood', (line, command) => {
  expect(read(line)).toEqual({ ...command, ...plain })
})

test('a start takes a budget, and research', () => {
  expect(read('session start a --prompt x --research --budget-usd 2.50')).toMatchObject({
    kind: 'session-start',
    research: true,
    budgetUsd: 2.5,
  })
})

test.each<[string, string]>([
  ['session', 'is no verb of “sluice session”'],
  ['session dance a', 'dance'],
  ['session toString a', 'toString'],
  ['session fork a', 'NEW is missing'],
  ['session archive', 'NAME is missing'],
  ['session archive a b', 'one word too many'],
  ['session start a --prompt x --budget-usd 0', 'above 0'],
  ['session start a --prompt x --budget-usd much', '--budget-usd'],
  ['session start a --prompt x --research --from main', '--from'],
  ['session start a --prompt x --research --own src', '--own'],
  ['session start a --prompt x --research --permission-mode auto', '--permission-mode'],
  ['session wait a --state gone', 'gone'],
  ['queue drop-handoff', 'NAME is missing'],
  ['events --since 3 --last 2', '--since or --last'],
  ['events --last 1.5', 'whole number'],
])('“sluice %s” is a mistake that says which', (line, said) => {
  expect(() => read(line)).toThrow(UsageError)
  expect(() => read(line)).toThrow(said)
})
