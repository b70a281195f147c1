import { expect, test } from 'vitest'
import { matcherOf } from './globs.ts'

const TABLE: readonly (readonly [glob: string, holds: readonly string[], not: readonly string[]])[] = [
  ['src/cart', ['src/cart', 'src/cart/a.ts', 'src/cart/.hidden/x'], ['src/carts/a.ts', 'cart/a.ts', 'lib/src/cart/a.ts']],
  ['./src/', ['src/a.ts'], ['srcs', 'a/src']],
  ['.', ['a', '.github/x.yml'], []],
  ['', ['a/b'], []],
  ['**', ['a', 'a/b', '.env'], []],
  ['src/*.ts', ['src/a.ts', 'src/.a.ts', 'src/.ts'], ['src/b/a.ts', 'src/a.tsx', 'a.ts']],
  ['src/*', ['src/a'], ['src/a/b', 'src']],
  ['src/**', ['src/a', 'src/a/b', 'src'], ['srcs/a', 'a/src/b']],
  ['**/*.css', ['a.css', 'x/y/.z/a.css'], ['a.scss', 'a.css/b']],
  ['src/**/test/*.ts', ['src/test/a.ts', 'src/a/b/test/c.ts', 'src/test/test/a.ts'], ['src/test/a/b.ts', 'test/a.ts']],
  ['**/a/**/b/**', ['a/b', 'x/a/y/b/z', 'a/a/b/b'], ['b/a', 'a/c']],
  ['a**b', ['ab', 'axyb'], ['a/b']],
  ['*a*b', ['ab', 'xaxbxab'], ['ba', 'aba']],
  ['?.ts', ['a.ts', 'ü.ts', '日.ts', '𝄞.ts'], ['.ts', 'ab.ts']],
  ['src/{a,b}/**', ['src/a/x', 'src/b/y/z'], ['src/c/x']],
  ['src/{a,b/c}', ['src/a/x', 'src/b/c', 'src/b/c/d'], ['src/b/x']],
  ['{a,{b,c}d,}x', ['ax', 'bdx', 'cdx', 'x'], ['bx', 'dx']],
  ['{a}', ['{a}', '{a}/b'], ['a']],
  ['{a,b', ['{a,b'], ['a', 'b']],
  ['a{b,c}}', ['ab}', 'ac}'], ['ab']],
  ['[a-c].ts', ['a.ts', 'c.ts'], ['d.ts', '-.ts']],
  ['[!a-c]', ['d', '-'], ['a', 'dd']],
  ['[^a]', ['b'], ['a']],
  ['[]x]', [']', 'x'], ['a']],
  ['[a-]', ['a', '-'], ['b']],
  ['[', ['[', '[/a'], ['a']],
  ['app/[id]', ['app/[id]/page.tsx', 'app/[id]', 'app/i'], ['app/x/page.tsx', 'app/i/page.tsx']],
  ['app/[id]/**', ['app/[id]/page.tsx'], ['app/x/page.tsx']],
  ['app/(shop)/*.tsx', ['app/(shop)/page.tsx'], ['app/shop/page.tsx']],
  [String.raw`a\*b`, ['a*b'], ['axb']],
  [String.raw`\{a,b}`, ['{a,b}'], ['a']],
  ['!(a)', ['!(a)'], ['a', 'b']],
  ['ein Ordner/ü', ['ein Ordner/ü/日本.txt'], ['ein Ordner/u/x']],
]

test.each(TABLE)('“%s” holds what a user means by it', (glob, holds, not) => {
  const owns = matcherOf([glob])
  expect([holds.filter((path) => !owns(path)), not.filter(owns)]).toEqual([[], []])
})

test('no globs hold nothing, and of several one is enough', () => {
  expect(matcherOf([])('a')).toBe(false)
  expect(['a.ts', 'b/c', 'd'].filter(matcherOf(['*.ts', 'b']))).toEqual(['a.ts', 'b/c'])
})

// Each of these keeps a backtracking matcher busy for longer than a test may last.
test.each([
  ['many stars', `**/${'*a'.repeat(300)}b`, `src/${'a'.repeat(250)}`],
  ['many folders', `${'**/*/'.repeat(100)}zz`, 'a/'.repeat(200)],
  ['nested groups', `**/${'+('.repeat(40)}a${')'.repeat(40)}b`, `src/${'a'.repeat(250)}`],
  ['braces without end', '{a,b}'.repeat(200), 'a'.repeat(200)],
  ['braces in braces', `${'{a,'.repeat(250)}b${'}'.repeat(250)}`, 'c'],
  ['only openings', '{'.repeat(1024), 'a'],
])('%s are answered at once', (_what, glob, path) => {
  expect(matcherOf([glob])(path)).toBe(false)
})
