/** Facts about settings as text. */

import { expect, test } from 'vitest'
import { CONFIG_KEYS, DEFAULT_CONFIG, type Config } from '../../shared/model/config.ts'
import { DEFAULT_SETTINGS, SETTINGS_KEYS } from '../../shared/model/settings.ts'
import { FIELDS, pageOf, type SettingField } from './fields.ts'
import { defaultOf, differs, problemOf, read, valueOf, written } from './settings-form.ts'

function field(at: string): SettingField {
  const found = FIELDS.find((one) => one.at === at)
  if (found === undefined) throw new Error(`No setting “${at}”.`)
  return found
}

const typed = (at: string, text: string): unknown => read(field(at).control, text)
const problem = (at: string, text: string): string | null => problemOf(field(at), typed(at, text))

test('every setting has one field and a name of its own to open at', () => {
  const keys = (owner: SettingField['owner']): readonly string[] =>
    FIELDS.filter((one) => one.owner === owner).map(({ key }) => key)
  expect(keys('repository').toSorted()).toEqual(CONFIG_KEYS.toSorted())
  expect([...keys('you'), 'shortcuts'].toSorted()).toEqual(SETTINGS_KEYS.toSorted())
  expect(new Set(FIELDS.map(({ at }) => at)).size).toBe(FIELDS.length)
})

test('a setting is found by its name, the user’s own by a longer one where both have it', () => {
  expect([pageOf('maxSessions'), pageOf('model'), pageOf('you.model'), pageOf('shortcuts'), pageOf('gone')]).toEqual([
    'sessions',
    'sessions',
    'general',
    'shortcuts',
    null,
  ])
})

const FULL: Config = {
  target: 'dev',
  checks: ['npm run lint', 'npm test'],
  setup: 'npm ci',
  teardown: 'docker compose down',
  warm: false,
  copy: ['.env', 'config/*.local.json'],
  worktrees: '/home/ada/trees',
  maxSessions: 4,
  requireApproval: false,
  model: 'opus',
  permissionMode: 'plan',
  checkTimeoutSeconds: 90,
  budgetUsd: 2.5,
}

test.each([
  ['the defaults', DEFAULT_CONFIG],
  ['what somebody set', FULL],
])('%s survive being written and read', (_, config) => {
  for (const one of FIELDS) {
    if (['switch', 'choices', 'mode'].includes(one.control.kind)) continue
    const value = valueOf(one, DEFAULT_SETTINGS, config)
    expect([one.at, read(one.control, written(one.control, value))]).toEqual([one.at, value])
    expect([one.at, problemOf(one, value)]).toEqual([one.at, null])
  }
})

test.each<[at: string, text: string, value: unknown]>([
  ['checks', ' npm run lint \n\nnpm test\n', ['npm run lint', 'npm test']],
  ['checks', ' \n', []],
  ['setup', '  ', null],
  ['target', ' dev ', 'dev'],
  ['maxSessions', ' 5 ', 5],
  ['checkTimeoutSeconds', '1,5', 90],
  ['checkTimeoutSeconds', '30', 1800],
  ['checkTimeoutSeconds', '1,440', 86_400],
  ['budgetUsd', '1,250.50', 1250.5],
  ['budgetUsd', '0,125', 0.125],
  ['budgetUsd', '', null],
  ['budgetUsd', '2.50', 2.5],
])('%s: “%s” is read as %j and is fine', (at, text, value) => {
  expect(typed(at, text)).toEqual(value)
  expect(problem(at, text)).toBeNull()
})

test.each([
  ['maxSessions', ''],
  ['maxSessions', '0'],
  ['maxSessions', '17'],
  ['maxSessions', '2.5'],
  ['maxSessions', '-1'],
  ['maxSessions', 'many'],
  ['terminalFontSize', '7'],
  ['terminalFontSize', '0x10'],
  ['checkTimeoutSeconds', '0'],
  ['checkTimeoutSeconds', '1441'],
  ['checkTimeoutSeconds', 'half an hour'],
  ['budgetUsd', '0'],
  ['budgetUsd', '$5'],
  ['model', 'm'.repeat(101)],
])('%s: “%s” is refused in a sentence', (at, text) => {
  expect(problem(at, text)).toMatch(new RegExp(`^${field(at).label} takes .+\\.$`, 'u'))
})

test('the sentences are the contract’s', () => {
  expect(problem('maxSessions', '17')).toBe('Sessions at once takes a whole number from 1 to 16.')
  expect(FIELDS.filter((one) => /null|\[/u.test(problemOf(one, Symbol('wrong')) ?? ''))).toEqual([])
})

test('what differs from its default can be reset to it', () => {
  expect(FIELDS.filter((one) => differs(one, valueOf(one, DEFAULT_SETTINGS, DEFAULT_CONFIG)))).toEqual([])
  expect(differs(field('checks'), ['npm test'])).toBe(true)
  expect(defaultOf(field('maxSessions'))).toBe(3)
})
