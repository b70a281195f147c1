import { expect, test } from 'vitest'
import { parseOid, type Oid } from '../git/names.ts'
import { createRepository } from '../git/testing/repository.ts'
import { completeScope } from './scope-complete.ts'
import { createTargetFiles } from './scope-files.ts'
import { countScope } from './scope-match.ts'

const FILES = [
  'README.md',
  'app/[id]/page.tsx',
  'docs/Orders and more.md',
  'docs/api/orders.md',
  'line\nbreak/x.ts',
  'src/Api/orders.ts',
  'src/Api/users.ts',
  'src/apple.ts',
  'src/cart/cart.ts',
  'src/map.ts',
  'übung/ß.ts',
]

function count(scope: readonly string[], owners: readonly { session: string; scope: readonly string[] }[] = []) {
  const counting = countScope(scope, owners)
  for (const path of FILES) counting.see(path)
  return counting.result()
}

function complete(text: string, files: readonly string[] = FILES): readonly string[] {
  const completing = completeScope(text)
  for (const path of files) completing.see(path)
  return completing.result()
}

test('a scope holds so many of the files, and names the globs that hold none', () => {
  expect(count(['src/Api/', 'docs/api/', 'lib/', 'src/'])).toEqual({
    matched: 6,
    total: 11,
    sample: ['docs/api/orders.md', 'src/Api/orders.ts', 'src/Api/users.ts', 'src/apple.ts', 'src/cart/cart.ts', 'src/map.ts'],
    unmatched: ['lib/'],
    shared: [],
  })
})

test('an empty scope holds nothing', () => {
  expect(count([])).toMatchObject({ matched: 0, total: 11, unmatched: [] })
})

test('what others own as well is counted for each of them', () => {
  const owners = [
    { session: 'cart', scope: ['src/cart/', 'src/map*'] },
    { session: 'docs', scope: ['docs/'] },
    { session: 'free', scope: [] },
    { session: 'all', scope: [''] },
  ]
  expect(count(['src/'], owners).shared).toEqual([
    { session: 'cart', files: 2 },
    { session: 'all', files: 5 },
  ])
})

test.each([
  ['', ['app/', 'docs/', 'line\nbreak/', 'src/', 'übung/', 'README.md']],
  ['src/', ['src/Api/', 'src/cart/', 'src/apple.ts', 'src/map.ts']],
  ['SRC/AP', ['src/Api/', 'src/apple.ts', 'src/map.ts']],
  ['./src/c', ['src/cart/', 'src/cart/cart.ts']],
  ['orders', ['docs/api/orders.md', 'docs/Orders and more.md', 'src/Api/orders.ts']],
  ['docs/o', ['docs/Orders and more.md', 'docs/api/orders.md']],
  ['Ü', ['übung/']],
  ['line\nb', ['line\nbreak/']],
  ['app/[', ['app/[id]/']],
  ['src/**', []],
  ['nowhere/', []],
  ['README.md/', []],
] as const)('“%s” goes on so', (typed, continued) => expect(complete(typed)).toEqual(continued))

test('at most twenty, in natural order, each once', () => {
  const files = Array.from({ length: 300 }, (_, index) => `src/part${299 - index}/index.ts`)
  expect(complete('src/p', files)).toEqual(Array.from({ length: 20 }, (_, index) => `src/part${index}/`))
})

test('letters that grow when they are made small do not shift the rest', () => {
  expect(complete('İx/a', ['İx/abc/d.ts'])).toEqual(['İx/abc/'])
})

test('the files of a commit are listed once, and those of an old one are forgotten', async () => {
  const { git, trusted, commit, oid } = await createRepository()
  let runs = 0
  const counting = {
    run: (request: Parameters<typeof git.run>[0]) => {
      runs += 1
      return git.run(request)
    },
  }
  const files = createTargetFiles(counting)
  const commits: Oid[] = [await oid('HEAD'), await commit('two', { 'a b.ts': '' }), await commit('three', { 'c/d.ts': '' })]
  const [first, second, third] = commits
  expect(await Promise.all([files.of(trusted, first!), files.of(trusted, first!)])).toEqual([['README.md'], ['README.md']])
  expect(runs).toBe(1)
  await files.of(trusted, second!)
  expect(await files.of(trusted, third!)).toEqual(['README.md', 'a b.ts', 'c/d.ts'])
  await files.of(trusted, second!)
  expect(runs).toBe(3)
  await files.of(trusted, first!)
  expect(runs).toBe(4)
})

test('a listing that failed is tried again', async () => {
  const { git, trusted } = await createRepository()
  const files = createTargetFiles(git)
  const gone = parseOid('2'.repeat(40))!
  await expect(files.of(trusted, gone)).rejects.toThrow(/could not list/u)
  await expect(files.of(trusted, gone)).rejects.toThrow(/could not list/u)
})
