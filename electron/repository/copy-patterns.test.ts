import { expect, test } from 'vitest'
import { badCopyPattern, copyRule } from './copy-patterns.ts'

test.each([
  '../x',
  'a/../../x',
  '/etc/passwd',
  'C:\\x',
  'a\\..\\b',
  '.git',
  './.git/config',
  '.GIT/hooks',
  '.',
  '/',
  '!.env',
  'a\0b',
])('%j cannot be copied, and a sentence says why', (pattern) => {
  expect(badCopyPattern(['.env', pattern])).toMatch(/^“.*”.*\.$/su)
})

test.each(['.env', './.env', 'config/', '**/.env', 'app/[id]/.env', '.gitignored', 'a..b', '!(a|b).env', '[', '((('])(
  '%j can be copied',
  (pattern) => {
    expect(badCopyPattern([pattern])).toBeNull()
    expect(() => copyRule([pattern]).matches('x')).not.toThrow()
  },
)

test.each([
  ['.env', '.env', true],
  ['.env', 'app/.env', false],
  ['./.env', '.env', true],
  ['**/.env', '.env', true],
  ['**/.env', 'app/.env', true],
  ['config/*.local.json', 'config/a.local.json', true],
  ['config/*.local.json', 'config/x/a.local.json', false],
  ['config', 'config/deep/.secret', true],
  ['config/', 'config/deep/.secret', true],
  ['config', 'configuration/x', false],
  ['.{env,secrets}', '.secrets/key', true],
  ['app/[id]/.env', 'app/[id]/.env', true],
  ['app/[id]', 'app/[id]/.env', true],
  ['über uns/*', 'über uns/ein Brief', true],
  ['!(a)', 'a', false],
] as const)('“%s” names %s: %s', (pattern, path, wanted) => {
  expect(copyRule([pattern]).matches(path)).toBe(wanted)
})

test('git is asked for no more than where matches can be', () => {
  expect(copyRule(['.env', 'config/*.json', 'app/[id]/.env']).within).toEqual(['.env', 'config', 'app'])
  expect(copyRule(['.env', '*.pem']).within).toBeNull()
})
