import { expect, test } from 'vitest'
import type { Found } from '../../shared/model/found.ts'
import { findings } from './findings.ts'

const FOUND: Found = {
  git: { version: '2.39.5' },
  claude: { version: '2.1.329', path: '/usr/bin/claude', login: 'yes' },
  checks: [],
  setup: [],
}
const marks = (found: Found): readonly string[] => findings(found).map((one) => `${one.name}: ${one.mark}`)

test('everything there is three quiet lines', () => {
  expect(marks(FOUND)).toEqual(['git: good', 'Claude Code: good', 'Login: good'])
  expect(findings(FOUND)[1]).toMatchObject({ words: '2.1.329', detail: '/usr/bin/claude' })
})

test.each([
  ['no', 'missing'],
  ['unknown', 'unsure'],
] as const)('a login that is “%s” is %s', (login, mark) =>
  expect(findings({ ...FOUND, claude: { ...FOUND.claude, login } })[2]?.mark).toBe(mark),
)

test('without Claude Code the sentence says what to do, and nothing is said of a login', () => {
  const claude = { version: null, path: null, login: 'unknown' } as const
  expect(marks({ ...FOUND, claude })).toEqual(['git: good', 'Claude Code: missing'])
  expect(findings({ ...FOUND, claude })[1]?.words).toContain('npm install')
  expect(findings({ ...FOUND, claude: { ...claude, problem: 'It is too old.' } })[1]?.words).toBe('It is too old.')
})

test('git that is missing or too old says so', () => {
  expect(marks({ ...FOUND, git: { version: null } })[0]).toBe('git: missing')
  expect(findings({ ...FOUND, git: { version: '2.20.0', problem: 'git is too old.' } })[0]).toMatchObject({
    mark: 'missing',
    words: 'git is too old.',
  })
})
