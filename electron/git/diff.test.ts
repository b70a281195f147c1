import { chmod, readdir, rm, symlink, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diff } from '../../shared/model/diff.ts'
import { diffFiles } from './diff.ts'
import { diffPatch } from './diff-patch.ts'
import { createRepository } from './testing/repository.ts'

const LINES = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('')

async function changed() {
  const repository = await createRepository()
  const { commit, write, raw, path, oid } = repository
  const from = await commit('before', {
    'edit.txt': LINES,
    'move.txt': LINES.toUpperCase(),
    'gone.txt': 'x\ny\n',
    'run.sh': 'x\n',
    link: 'x\n',
  })
  await write('edit.txt', LINES.replace('line 3\n', 'LINE\nMORE\n'))
  await raw('mv', 'move.txt', 'moved.txt')
  await unlink(join(path, 'gone.txt'))
  await chmod(join(path, 'run.sh'), 0o755)
  await unlink(join(path, 'link'))
  await symlink('edit.txt', join(path, 'link'))
  await write('image.bin', Buffer.from([0, 1, 2, 0xff]))
  await write('new.txt', 'a\nb\nc')
  return { ...repository, from, toCommit: async () => (await raw('add', '--all'), await commit('after'), oid('HEAD')) }
}

const EXPECTED = [
  { path: 'edit.txt', status: 'modified', insertions: 2, deletions: 1, binary: false, viewed: false },
  { path: 'gone.txt', status: 'deleted', insertions: 0, deletions: 2, binary: false, viewed: false },
  { path: 'image.bin', status: 'added', insertions: 0, deletions: 0, binary: true, viewed: false },
  { path: 'link', status: 'type-changed', insertions: 1, deletions: 1, binary: false, viewed: false },
  { path: 'moved.txt', oldPath: 'move.txt', status: 'renamed', insertions: 0, deletions: 0, binary: false, viewed: false },
  { path: 'new.txt', status: 'added', insertions: 3, deletions: 0, binary: false, viewed: false },
  { path: 'run.sh', status: 'modified', insertions: 0, deletions: 0, binary: false, viewed: false },
]

test('files are listed alike before and after they are committed, new ones included', async () => {
  const { git, trusted, from, toCommit } = await changed()
  const loose = await diffFiles(git, trusted, { from, to: 'worktree' })
  expect(loose).toEqual(EXPECTED)
  const to = await toCommit()
  expect(await diffFiles(git, trusted, { from, to })).toEqual(EXPECTED)
  expect(diff.safeParse({ base: from, head: to, files: loose }).success).toBe(true)
  expect(await diffFiles(git, trusted, { from: to, to: 'worktree' })).toEqual([])
})

test('a patch holds every file, new ones included, and git can apply it', async () => {
  const { git, trusted, from, toCommit, raw, write, around, rawIn } = await changed()
  const loose = await diffPatch(git, trusted, { from, to: 'worktree', maxBytes: 1e6 })
  const to = await toCommit()
  const committed = await diffPatch(git, trusted, { from, to, maxBytes: 1e6 })
  expect(loose.truncated).toBe(false)
  expect(loose.patch.split('diff --git ').length - 1).toBe(8)
  expect(withoutIndexLines(loose.patch)).toBe(withoutIndexLines(committed.patch))
  const text = await diffPatch(git, trusted, {
    from,
    to,
    paths: ['edit.txt', 'new.txt', 'gone.txt', 'move.txt', 'moved.txt'],
    maxBytes: 1e6,
  })
  await write('../patch', text.patch)
  await raw('worktree', 'add', '--quiet', '--detach', join(around, 'w'), from)
  await rawIn(join(around, 'w'), 'apply', '--index', join(around, 'patch'))
  expect(await rawIn(join(around, 'w'), 'diff', '--cached', '--name-status')).toBe(
    'M\tedit.txt\nD\tgone.txt\nR100\tmove.txt\tmoved.txt\nA\tnew.txt',
  )
})

function withoutIndexLines(patch: string): string {
  return patch.replaceAll(/^index .*\n/gmu, '')
}

test('reading a difference writes neither the index nor an object, and leaves no temporary file', async () => {
  const { git, trusted, from, raw, path } = await changed()
  const state = async () => [
    await raw('hash-object', '.git/index'),
    (await readdir(join(path, '.git/objects'), { recursive: true })).length,
  ]
  const before = await state()
  const ours = async (): Promise<readonly string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith(`sluice-index-${process.pid}-`))
  const temporary = await ours()
  await diffFiles(git, trusted, { from, to: 'worktree' })
  await diffPatch(git, trusted, { from, to: 'worktree', maxBytes: 1e6 })
  expect(await state()).toEqual(before)
  expect(await ours()).toEqual(temporary)
})

test('settings of the user change nothing in what comes out', async () => {
  const { git, trusted, from, raw } = await changed()
  const plain = await diffPatch(git, trusted, { from, to: 'worktree', maxBytes: 1e6 })
  const odd = {
    'diff.noprefix': 'true', 'diff.mnemonicPrefix': 'true', 'diff.renames': 'false', 'diff.context': '0', 'diff.interHunkContext': '9', 'color.diff': 'always',
    'color.ui': 'always', 'diff.algorithm': 'patience', 'diff.relative': 'true', 'diff.submodule': 'log', 'core.quotePath': 'true', 'diff.statNameWidth': '5',
    'core.abbrev': '5', 'diff.wordRegex': '.', 'core.splitIndex': 'true', 'core.untrackedCache': 'true', 'diff.ignoreSubmodules': 'all', 'diff.colorMoved': 'zebra',
  } // prettier-ignore
  for (const [key, value] of Object.entries(odd)) await raw('config', key, value)
  await raw('update-index', '--split-index')
  expect(await diffPatch(git, trusted, { from, to: 'worktree', maxBytes: 1e6 })).toEqual(plain)
  expect(await diffFiles(git, trusted, { from, to: 'worktree' })).toEqual(EXPECTED)
})

test('too large a patch is cut where a file begins', async () => {
  const { git, trusted, from } = await changed()
  const whole = await diffPatch(git, trusted, { from, to: 'worktree', maxBytes: 1e6 })
  const files = whole.patch.split(/^(?=diff --git )/mu)
  for (const part of [0.001, 0.1, 0.3, 0.5, 0.8, 0.99]) {
    const maxBytes = Math.ceil(Buffer.byteLength(whole.patch) * part)
    const { patch, truncated } = await diffPatch(git, trusted, { from, to: 'worktree', maxBytes })
    expect(truncated).toBe(true)
    expect(Buffer.byteLength(patch)).toBeLessThanOrEqual(maxBytes)
    expect(whole.patch.startsWith(patch)).toBe(true)
    const kept = patch.split(/^(?=diff --git )/mu).filter((file) => file !== '')
    // Only a first file that is too large by itself is cut inside.
    expect(kept.slice(kept.length > 1 ? 0 : 1)).toEqual(files.slice(0, kept.length).slice(kept.length > 1 ? 0 : 1))
  }
})

test('a patch of thousands of named files comes from several runs and misses none', async () => {
  const { git, trusted, oid, write } = await createRepository()
  const from = await oid('HEAD')
  const paths = Array.from({ length: 1500 }, (_, index) => `folder/${'n'.repeat(60)}/${index}.txt`)
  for (const path of paths) await write(path, `${path}\n`)
  const { patch, truncated } = await diffPatch(git, trusted, { from, to: 'worktree', paths, maxBytes: 1e8 })
  expect(truncated).toBe(false)
  expect(new Set([...patch.matchAll(/^\+\+\+ b\/(.*)$/gmu)].map((match) => match[1]))).toEqual(new Set(paths))
})

test('an empty list of files, or one that leads outside, is an empty patch', async () => {
  const { git, trusted, from } = await changed()
  expect(await diffPatch(git, trusted, { from, to: 'worktree', paths: [], maxBytes: 1e6 })).toEqual({
    patch: '',
    truncated: false,
  })
  expect(
    await diffPatch(git, trusted, { from, to: 'worktree', paths: ['../../etc/passwd', '/etc/passwd'], maxBytes: 1e6 }),
  ).toEqual({ patch: '', truncated: false })
})

test('a file with conflict marks is one entry, as the worktree has it', async () => {
  const { git, trusted, raw, commit, oid } = await createRepository()
  await raw('checkout', '--quiet', '-b', 'other')
  await commit('theirs', { 'README.md': 'theirs\n' })
  await raw('checkout', '--quiet', 'main')
  await commit('ours', { 'README.md': 'ours\n' })
  await git.run({ cwd: trusted.path, args: ['merge', 'other'], writes: true })
  const files = await diffFiles(git, trusted, { from: await oid('HEAD'), to: 'worktree' })
  expect(files).toMatchObject([{ path: 'README.md', status: 'modified', insertions: 4 }])
})

test('new files show in a linked worktree, and in one whose index is gone', async () => {
  const { git, trusted, raw, around, oid, write } = await createRepository()
  const from = await oid('HEAD')
  const there = { path: join(around, 'w'), trusted: true }
  await raw('worktree', 'add', '--quiet', '--detach', there.path)
  await write('../w/new.txt', 'n\n')
  expect(await diffFiles(git, there, { from, to: 'worktree' })).toMatchObject([
    { path: 'new.txt', status: 'added', insertions: 1 },
  ])
  expect(await diffFiles(git, trusted, { from, to: 'worktree' })).toEqual([])
  await rm(join(trusted.path, '.git/worktrees/w/index'))
  expect((await diffFiles(git, there, { from, to: 'worktree' })).map((file) => file.path)).toEqual(['new.txt'])
})
