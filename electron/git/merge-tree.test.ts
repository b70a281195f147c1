import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt } from './failure.ts'
import { changedPaths, trialMerge } from './merge-tree.ts'
import { type Oid, parseOid, pathBytes } from './names.ts'
import { createTrap, WAYS_IN } from './testing/hostile.ts'
import { createRepository, temporaryFolder, type TestRepository } from './testing/repository.ts'

type Edit = (repository: TestRepository) => Promise<unknown>

const LONG = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('')

/** Two branches that part at one commit, and what each of them did. */
async function parted(before: Readonly<Record<string, string>>, ours: Edit, theirs: Edit) {
  const repository = await createRepository()
  const { raw, commit } = repository
  const base = await commit('before', before)
  const heads: Oid[] = []
  for (const [name, edit] of [
    ['ours', ours],
    ['theirs', theirs],
  ] as const) {
    await raw('checkout', '--quiet', '-b', name, base)
    await edit(repository)
    heads.push(await commit(name))
  }
  await raw('checkout', '--quiet', 'main')
  const [a, b] = heads
  return { ...repository, repository, base, a: a!, b: b! }
}

const writes =
  (path: string, content: string | Uint8Array): Edit =>
  ({ write }) =>
    write(path, content)
const moves =
  (from: string, to: string): Edit =>
  ({ raw }) =>
    raw('mv', from, to)

/** What git reports when it really merges the two. */
async function realMerge({ repository, a, b }: { repository: TestRepository; a: Oid; b: Oid }): Promise<boolean> {
  const folder = join(repository.around, 'real')
  await repository.raw('worktree', 'add', '--quiet', '--detach', folder, a)
  const args = ['merge', '--quiet', '--allow-unrelated-histories', '--message=real', b]
  return (await repository.git.run({ cwd: folder, args, writes: true })).code === 0
}

const CASES: readonly (readonly [
  name: string,
  before: Readonly<Record<string, string>>,
  ours: Edit,
  theirs: Edit,
  files: readonly string[] | null,
])[] = [
  ['the same line', { 'a.txt': '1\n2\n3\n' }, writes('a.txt', '1\nX\n3\n'), writes('a.txt', '1\nY\n3\n'), ['a.txt']],
  ['one file, far apart', { 'a.txt': LONG }, writes('a.txt', `top\n${LONG}`), writes('a.txt', `${LONG}end\n`), null],
  ['the same change twice', { 'a.txt': '1\n' }, writes('a.txt', '2\n'), writes('a.txt', '2\n'), null],
  ['different files', {}, writes('a.txt', '1\n'), writes('b.txt', '1\n'), null],
  ['a new file twice, not the same', {}, writes('new.txt', '1\n'), writes('new.txt', '2\n'), ['new.txt']],
  ['a move against a change', { 'old.txt': LONG }, moves('old.txt', 'new.txt'), writes('old.txt', `${LONG}x\n`), null],
  [
    'a move with a change against a change',
    { 'old.txt': LONG },
    async (repository) => {
      await moves('old.txt', 'new.txt')(repository)
      await repository.write('new.txt', LONG.replace('line 9', 'ours'))
    },
    writes('old.txt', LONG.replace('line 9', 'theirs')),
    ['new.txt'],
  ],
  [
    'a move to two names',
    { 'old.txt': LONG },
    moves('old.txt', 'x.txt'),
    moves('old.txt', 'y.txt'),
    ['old.txt', 'x.txt', 'y.txt'],
  ],
  [
    'a deletion against a change',
    { 'a.txt': LONG },
    ({ raw }) => raw('rm', '--quiet', 'a.txt'),
    writes('a.txt', `${LONG}x\n`),
    ['a.txt'],
  ],
  [
    'bytes that are no text',
    { 'a.bin': '\0one\n' },
    writes('a.bin', Buffer.from([0, 1, 2])),
    writes('a.bin', Buffer.from([0, 3, 4])),
    ['a.bin'],
  ],
  [
    'names with spaces, quotes, line ends and letters of all kinds',
    { 'ein Ordner/ü “x” 日本.txt': '1\n', 'line\nend\t"q".txt': '1\n' },
    async ({ write }) => {
      await write('ein Ordner/ü “x” 日本.txt', '2\n')
      await write('line\nend\t"q".txt', '2\n')
    },
    async ({ write }) => {
      await write('ein Ordner/ü “x” 日本.txt', '3\n')
      await write('line\nend\t"q".txt', '3\n')
    },
    ['ein Ordner/ü “x” 日本.txt', 'line\nend\t"q".txt'],
  ],
  ['a file in the way of a folder', {}, writes('lib', 'file\n'), writes('lib/x.txt', 'x\n'), ['lib']],
  ['a moved folder that the other adds to', { 'old/a': LONG }, moves('old', 'new'), writes('old/b', 'b\n'), ['new/b']],
  [
    'a folder moved to two places that the other adds to',
    { 'old/a': `a${LONG}`, 'old/b': `b${LONG}` },
    async ({ raw, write }) => {
      await write('one/.keep', '')
      await write('two/.keep', '')
      await raw('mv', 'old/a', 'one/a')
      await raw('mv', 'old/b', 'two/b')
    },
    writes('old/c', 'c\n'),
    ['old'],
  ],
]

for (const [name, before, ours, theirs, files] of CASES) {
  test(`a trial merge foretells ${name}`, async () => {
    const { repository, git, trusted, untrusted, a, b } = await parted(before, ours, theirs)
    const wanted = files === null ? { kind: 'clean' } : { kind: 'conflicts', files }
    for (const checkout of [trusted, untrusted]) {
      expect(await trialMerge(git, checkout, a, b)).toEqual(wanted)
      expect(await trialMerge(git, checkout, b, a)).toEqual(wanted)
    }
    expect(await realMerge({ repository, a, b })).toBe(files === null)
  })
}

test('histories that never met are merged too, and everything in them counts as changed', async () => {
  const { git, untrusted, raw, commit, oid, repository } = await parted(
    { 'a.txt': '1\n' },
    writes('b.txt', '1\n'),
    writes('c.txt', '1\n'),
  )
  const main = await oid('main')
  await raw('checkout', '--quiet', '--orphan', 'apart')
  await raw('rm', '--quiet', '-r', '--force', '.')
  const apart = await commit('apart', { 'a.txt': '2\n', 'z.txt': '1\n' })
  await raw('checkout', '--quiet', 'main')
  expect(await trialMerge(git, untrusted, main, apart)).toEqual({ kind: 'conflicts', files: ['a.txt'] })
  expect(await changedPaths(git, untrusted, { from: null, to: apart })).toEqual(['a.txt', 'z.txt'])
  expect(await realMerge({ repository, a: main, b: apart })).toBe(false)
})

test('a commit merges cleanly with itself and with one that it stands on', async () => {
  const { git, untrusted, base, a } = await parted({}, writes('a.txt', '1\n'), writes('a.txt', '2\n'))
  expect(await trialMerge(git, untrusted, a, a)).toEqual({ kind: 'clean' })
  expect(await trialMerge(git, untrusted, base, a)).toEqual({ kind: 'clean' })
})

test('a moved file counts as changed under both names, and names are lossless', async () => {
  const { git, untrusted, base, a, b } = await parted(
    { 'old name.txt': LONG, 'ü.txt': '1\n' },
    moves('old name.txt', 'new.txt'),
    async ({ write, path, raw }) => {
      await write('ü.txt', '2\n')
      await writeFile(Buffer.concat([Buffer.from(`${path}/`), Buffer.from([0xff, 0x61])]), 'x')
      await raw('add', '--all')
    },
  )
  expect(await changedPaths(git, untrusted, { from: base, to: a })).toEqual(['new.txt', 'old name.txt'])
  const [odd, plain] = (await changedPaths(git, untrusted, { from: base, to: b }))
    .toSorted((x, y) => y.length - x.length)
    .toReversed()
  expect(pathBytes(odd!)).toEqual(Buffer.from([0xff, 0x61]))
  expect(plain).toBe('ü.txt')
})

/** Every file of a folder with what is in it, `.git` included. */
async function listing(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  const lines = names.map(async (name) => {
    const entry = await stat(join(folder, name))
    return entry.isDirectory() ? name : `${name} ${await readFile(join(folder, name), 'latin1')}`
  })
  return (await Promise.all(lines)).toSorted()
}

test('nothing is written into the repository, neither objects nor anything else', async () => {
  const { git, trusted, raw, around, a, b } = await parted(
    { 'a.txt': '1\n', 'b.txt': LONG },
    async ({ write }) => {
      await write('a.txt', '2\n')
      await write('b.txt', `top\n${LONG}`)
    },
    async ({ write }) => {
      await write('a.txt', '3\n')
      await write('b.txt', `${LONG}end\n`)
    },
  )
  const [count, before] = [await raw('count-objects', '-v'), await listing(around)]
  expect(await trialMerge(git, trusted, a, b)).toMatchObject({ kind: 'conflicts' })
  await changedPaths(git, trusted, { from: a, to: b })
  expect(await listing(around)).toEqual(before)
  expect(await raw('count-objects', '-v')).toBe(count)
  // The same question, asked the plain way, does leave objects behind.
  await git.run({ cwd: trusted.path, args: ['merge-tree', '--write-tree', a, b] })
  expect(await raw('count-objects', '-v')).not.toBe(count)
})

test('a repository whose folder has an odd name, or that borrows its objects, is read all the same', async () => {
  const repository = await createRepository({ name: 'a:b "c\\ü;d' })
  const { git, raw, rawIn, commit, around, path, oid } = repository
  const base = await oid('HEAD')
  const a = await commit('a', { 'README.md': 'A\n' })
  await raw('checkout', '--quiet', '-b', 'other', base)
  const b = await commit('b', { 'README.md': 'B\n' })
  const conflicts = { kind: 'conflicts', files: ['README.md'] }
  expect(await trialMerge(git, repository.untrusted, a, b)).toEqual(conflicts)
  await rawIn(around, 'clone', '--quiet', '--shared', path, 'borrower')
  expect(await trialMerge(git, { path: join(around, 'borrower'), trusted: false }, a, b)).toEqual(conflicts)
  await raw('worktree', 'add', '--quiet', join(around, 'linked'), a)
  expect(await trialMerge(git, { path: join(around, 'linked'), trusted: true }, a, b)).toEqual(conflicts)
})

test('a repository with ids of 64 digits is read as well', async () => {
  const around = await temporaryFolder()
  const { git } = await createRepository()
  const run = async (...args: string[]): Promise<string> => {
    const ended = await git.run({
      cwd: around,
      args: ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args],
      writes: true,
    })
    if (ended.code !== 0) throw new Error(ended.stderr)
    return ended.stdout.toString().trim()
  }
  await run('init', '--quiet', '--object-format=sha256', '--initial-branch=main')
  const tree = await run('write-tree')
  const [a, b] = [parseOid(await run('commit-tree', '-m', 'a', tree)), parseOid(await run('commit-tree', '-m', 'b', tree))]
  expect(a).toHaveLength(64)
  const checkout = { path: around, trusted: false }
  expect(await trialMerge(git, checkout, a!, b!)).toEqual({ kind: 'clean' })
  expect(await changedPaths(git, checkout, { from: null, to: a! })).toEqual([])
})

for (const [way, setUp] of Object.entries(WAYS_IN)) {
  test(`a trial merge in an untrusted repository does not run its ${way}`, async () => {
    const trap = await createTrap()
    const { repository, git, untrusted, base, a, b } = await parted(
      { 'a.txt': '1\n' },
      writes('a.txt', '2\n'),
      writes('a.txt', '3\n'),
    )
    await setUp(repository, trap.script)
    await repository.raw('config', 'merge.renormalize', 'true')
    const before = await trap.sprung()
    await attempt(() => trialMerge(git, untrusted, a, b))
    await attempt(() => changedPaths(git, untrusted, { from: base, to: a }))
    expect(await trap.sprung()).toEqual(before)
  })
}

for (const name of ['evil', 'e=v.il', 'Ü b']) {
  test(`the merge driver “${name}” does not run, trusted or not, and what it would merge is no conflict`, async () => {
    const trap = await createTrap()
    const { repository, git, trusted, untrusted, a, b } = await parted(
      { 'a.txt': '1\n' },
      writes('a.txt', '2\n'),
      writes('a.txt', '3\n'),
    )
    await repository.raw('config', `merge.${name}.driver`, `${trap.script} %A`)
    await repository.raw('config', 'merge.default', name)
    for (const checkout of [untrusted, trusted]) expect(await trialMerge(git, checkout, a, b)).toEqual({ kind: 'clean' })
    expect(await trap.sprung()).toEqual([])
    // Asked the plain way, git does run it.
    await git.run({ cwd: repository.path, args: ['merge-tree', '--write-tree', a, b] })
    expect(await trap.sprung()).not.toEqual([])
  })
}

test('a merge driver for some files leaves the conflicts of the others', async () => {
  const edit =
    (content: string): Edit =>
    async ({ write }) => {
      await write('a.txt', content)
      await write('b.lock', content)
    }
  const { raw, write, git, trusted, a, b } = await parted({ 'a.txt': '1\n', 'b.lock': '1\n' }, edit('2\n'), edit('3\n'))
  await raw('config', 'merge.locks.driver', 'false')
  await write('.gitattributes', '*.lock merge=locks\n')
  expect(await trialMerge(git, trusted, a, b)).toEqual({ kind: 'conflicts', files: ['a.txt'] })
})

test('a merge that the attributes leave to “union” is no conflict', async () => {
  const { git, untrusted, write, a, b } = await parted(
    { 'log.md': '1\n' },
    writes('log.md', '1\n2\n'),
    writes('log.md', '1\n3\n'),
  )
  expect(await trialMerge(git, untrusted, a, b)).toMatchObject({ kind: 'conflicts' })
  await write('.gitattributes', 'log.md merge=union\n')
  expect(await trialMerge(git, untrusted, a, b)).toEqual({ kind: 'clean' })
})

test('a commit that is not there is a sentence, and no clean merge', async () => {
  const { git, untrusted, oid } = await createRepository()
  const gone = parseOid('1'.repeat(40))!
  const head = await oid('HEAD')
  expect(await attempt(() => trialMerge(git, untrusted, head, gone))).toMatchObject({
    ok: false,
    failure: { code: 'git-failed' },
  })
  expect(await attempt(() => changedPaths(git, untrusted, { from: head, to: gone }))).toMatchObject({ ok: false })
  expect(await attempt(() => trialMerge(git, { path: '/nowhere/at/all', trusted: true }, head, head))).toMatchObject({
    failure: { code: 'worktree-missing' },
  })
})
