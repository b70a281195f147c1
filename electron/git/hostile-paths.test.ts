import { mkdirSync, writeFileSync } from 'node:fs'
import { chmod, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffFiles } from './diff.ts'
import { diffPatch } from './diff-patch.ts'
import { decodePath } from './names.ts'
import { status } from './status.ts'
import { createRepository, filesBelow } from './testing/repository.ts'

const PATHS: readonly Buffer[] = [
  'plain.txt', 'with space', 'new\nline', 'tab\there', 'quote"s', "it's", '-leading', '--output=pwn', ':(glob)**', ':!x', '*', '?', '[a]', 'back\\slash',
  'größe-日本-😀', ' lead', 'trail ', '$(touch pwn)', '`touch pwn`', 'a..b', '#x', ':', '{x}', 'deep/-x/y', 'cr\rhere', 'esc\u001b[31m', 'a'.repeat(40),
].map((name) => Buffer.from(name)).concat([Buffer.from([0x62, 0xff, 0xfe]), Buffer.from([0x64, 0x2f, 0xc3, 0x28, 0x2a]), Buffer.from([0x62, 0xfe, 0xff])]) // prettier-ignore

function at(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name])
}

function fill(folder: string, content: (name: Buffer) => string): void {
  for (const name of PATHS) {
    const slash = name.lastIndexOf('/')
    if (slash !== -1) mkdirSync(at(folder, name.subarray(0, slash)), { recursive: true })
    writeFileSync(at(folder, name), content(name))
  }
}

const expected = PATHS.map(decodePath).sort()

test('files with hostile names are found as new files, and as changed ones', async () => {
  const { git, trusted, path, around, oid, commit } = await createRepository()
  const base = await oid('HEAD')
  const untouched = filesBelow(around)
  fill(path, (name) => `${name.toString('hex')}\n1\n`)

  const fresh = await status(git, trusted)
  expect(fresh.changes.map((change) => change.path).sort()).toEqual(expected)
  expect(new Set(fresh.changes.map((change) => change.kind))).toEqual(new Set(['untracked']))
  const added = await diffFiles(git, trusted, { from: base, to: 'worktree' })
  expect(added.map((file) => file.path).sort()).toEqual(expected)
  for (const file of added)
    expect(file).toMatchObject({ status: 'added', insertions: 2, deletions: 0, binary: false, viewed: false })

  const second = await commit('all')
  fill(path, (name) => `${name.toString('hex')}\n2\n3\n`)
  const changed = await status(git, trusted)
  expect(changed.changes.map((change) => change.path).sort()).toEqual(expected)
  expect(new Set(changed.changes.map((change) => change.kind))).toEqual(new Set(['changed']))
  for (const file of await diffFiles(git, trusted, { from: second, to: 'worktree' })) {
    expect(file).toMatchObject({ status: 'modified', insertions: 2, deletions: 1 })
  }
  const between = await diffFiles(git, trusted, { from: base, to: second })
  expect(between.map((file) => file.path).sort()).toEqual(expected)

  // Three of the paths lie in folders of their own; nothing else came to be.
  expect(filesBelow(around).length).toBe(untouched.length + PATHS.length + 3)
})

test('a patch of one hostile path holds that file alone', async () => {
  const { git, trusted, path, oid, commit } = await createRepository()
  const base = await oid('HEAD')
  fill(path, (name) => `<${name.toString('hex')}>\n`)
  for (const to of ['worktree', 'commit'] as const) {
    const span = { from: base, to: to === 'worktree' ? to : await commit('all') }
    for (const name of PATHS) {
      const { patch, truncated } = await diffPatch(git, trusted, { ...span, paths: [decodePath(name)], maxBytes: 100_000 })
      expect(truncated).toBe(false)
      expect(patch).toContain(`+<${name.toString('hex')}>`)
      // Between commits, a pattern stands for bytes that are no UTF-8: it also meets a neighbour that differs in just these.
      const neighbours = span.to !== 'worktree' && /^b[\udcfe\udcff]/.test(decodePath(name)) ? 2 : 1
      expect(patch.split('diff --git ').length - 1).toBe(neighbours)
    }
  }
})

test('a file that is called like a commit does not confuse a comparison', async () => {
  const { git, trusted, oid, write } = await createRepository()
  const base = await oid('HEAD')
  await write(base, 'x\n')
  await write(`${base}..${base}`, 'x\n')
  expect((await diffFiles(git, trusted, { from: base, to: 'worktree' })).map((file) => file.path)).toEqual([
    base,
    `${base}..${base}`,
  ])
})

test('links, pipes and repositories inside a worktree are shown for what they are, and not followed', async () => {
  const { git, trusted, path, around, oid, rawIn } = await createRepository()
  const base = await oid('HEAD')
  writeFileSync(join(around, 'secret'), 'secret\n')
  await symlink(join(around, 'secret'), join(path, 'link'))
  await symlink('/', join(path, 'folder-link'))
  mkdirSync(join(path, 'inner'))
  await rawIn(join(path, 'inner'), 'init', '--quiet')
  writeFileSync(join(path, 'inner', 'x'), 'x\n')
  await rawIn(join(path, 'inner'), 'add', 'x')
  const files = await diffFiles(git, trusted, { from: base, to: 'worktree' })
  expect(files.map((file) => file.path).sort()).toEqual(['folder-link', 'inner/', 'link'])
  const { patch } = await diffPatch(git, trusted, { from: base, to: 'worktree', maxBytes: 1e6 })
  expect(patch).toContain('new file mode 120000')
  expect(patch).not.toContain('+secret')
})

test('a large new file counts as binary and is not read into a patch', async () => {
  const { git, trusted, write, oid, path } = await createRepository()
  const base = await oid('HEAD')
  await write('huge.txt', Buffer.alloc(20 * 1024 * 1024, 'line\n'))
  await write('script', '#!/bin/sh\n')
  await chmod(join(path, 'script'), 0o755)
  expect(await diffFiles(git, trusted, { from: base, to: 'worktree' })).toEqual([
    { path: 'huge.txt', status: 'added', insertions: 0, deletions: 0, binary: true, viewed: false },
    { path: 'script', status: 'added', insertions: 1, deletions: 0, binary: false, viewed: false },
  ])
  const { patch } = await diffPatch(git, trusted, { from: base, to: 'worktree', maxBytes: 1e6 })
  expect(patch).toContain('Binary files /dev/null and b/huge.txt differ')
  expect(patch).toContain('new file mode 100755')
  await rm(join(path, 'huge.txt'))
})
