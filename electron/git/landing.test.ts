import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { advanceTarget, followLanding } from './landing.ts'
import type { Oid } from './names.ts'
import { rebase } from './rebase.ts'
import { branchHead, headOf } from './refs.ts'
import { status } from './status.ts'
import { createGit } from './run.ts'
import { createRepository, isThere } from './testing/repository.ts'

/** `main` at `from`, and a commit on top of it at `to` that changes, adds, deletes and renames. */
async function ready(extra: Record<string, string> = {}) {
  const repository = await createRepository()
  const { commit, raw, path } = repository
  const from = await commit('base', {
    'edit.txt': '1\n', 'gone.txt': 'x\n', 'old.txt': 'a\nb\nc\nd\n', 'other.txt': 'o\n', 'folder/x.txt': 'x\n', '.gitignore': '*.env\nbuild/\n',
  }) // prettier-ignore
  await raw('checkout', '--quiet', '-b', 'work')
  await raw('mv', 'old.txt', 'moved.txt')
  await rm(join(path, 'gone.txt'))
  await repository.write('edit.txt', '2\n')
  for (const [name, text] of Object.entries({ 'new.txt': 'n\n', 'deep/er/new.txt': 'n\n', ...extra }))
    await repository.write(name, text)
  await raw('add', '--all', '--force')
  const to = await commit('work')
  await raw('checkout', '--quiet', 'main')
  const land = () => advanceTarget(repository.git, repository.trusted, { branch: 'main', from, to })
  return { ...repository, from, to, land }
}

test('a target that is checked out nowhere moves alone', async () => {
  const { land, raw, to, git, trusted, path } = await ready()
  await raw('checkout', '--quiet', '--detach')
  await writeFile(join(path, 'edit.txt'), 'dirty\n')
  expect(await land()).toEqual({ kind: 'landed' })
  expect(await branchHead(git, trusted, 'main')).toBe(to)
  expect(await readFile(join(path, 'edit.txt'), 'utf8')).toBe('dirty\n')
})

test('a target that is checked out moves with its files, and changes elsewhere stay', async () => {
  const { land, to, git, trusted, path, raw, write } = await ready()
  await write('other.txt', 'dirty\n')
  await write('staged.txt', 's\n')
  await raw('add', 'staged.txt')
  await write('deep/untracked.txt', 'u\n')
  await write('secret.env', 'e\n')
  await write('build/out', 'b\n')
  expect(await land()).toEqual({ kind: 'landed' })
  expect(await headOf(git, trusted)).toBe(to)
  expect(await readFile(join(path, 'deep/er/new.txt'), 'utf8')).toBe('n\n')
  expect(isThere(join(path, 'gone.txt'))).toBe(false)
  for (const [name, text] of [
    ['other.txt', 'dirty\n'],
    ['staged.txt', 's\n'],
    ['deep/untracked.txt', 'u\n'],
    ['secret.env', 'e\n'],
    ['build/out', 'b\n'],
  ] as const) {
    expect(await readFile(join(path, name), 'utf8')).toBe(text)
  }
  expect((await status(git, trusted)).changes).toHaveLength(3)
})

test('a target that another worktree has checked out moves there', async () => {
  const { land, to, git, trusted, around, raw, from, write } = await ready()
  await raw('checkout', '--quiet', 'work')
  const path = join(around, 'w', 'main')
  await raw('worktree', 'add', '--quiet', path, 'main')
  await write('edit.txt', 'dirty in the checkout of another branch\n')
  expect(await land()).toEqual({ kind: 'landed' })
  expect(await headOf(git, { path, trusted: true })).toBe(to)
  expect((await status(git, { path, trusted: true })).changes).toEqual([])
  expect(from).not.toBe(to)
  expect(await branchHead(git, trusted, 'main')).toBe(to)
})

const IN_THE_WAY: readonly (readonly [why: string, make: (path: string, raw: (...args: string[]) => Promise<string>) => Promise<unknown>, files: readonly string[]])[] = [
  ['a changed file', (path) => writeFile(join(path, 'edit.txt'), 'mine\n'), ['edit.txt']],
  ['a staged change', async (path, raw) => (await writeFile(join(path, 'edit.txt'), 'mine\n'), raw('add', 'edit.txt')), ['edit.txt']],
  ['a change that is only staged', async (path, raw) => (await writeFile(join(path, 'edit.txt'), 'mine\n'), await raw('add', 'edit.txt'), writeFile(join(path, 'edit.txt'), '1\n')), ['edit.txt']],
  ['a changed mode', (path) => chmod(join(path, 'edit.txt'), 0o755), ['edit.txt']],
  ['a changed file that the landing deletes', (path) => writeFile(join(path, 'gone.txt'), 'mine\n'), ['gone.txt']],
  ['a changed file that the landing renames', (path) => writeFile(join(path, 'old.txt'), 'mine\n'), ['old.txt']],
  ['a deleted file that the landing changes', (path) => rm(join(path, 'edit.txt')), ['edit.txt']],
  ['a renamed file', (_, raw) => raw('mv', 'edit.txt', 'renamed.txt'), ['edit.txt']],
  ['an untracked file', (path) => writeFile(join(path, 'new.txt'), 'mine\n'), ['new.txt']],
  ['an untracked file of the same content', (path) => writeFile(join(path, 'new.txt'), 'n\n'), ['new.txt']],
  ['an untracked file where a rename leads', (path) => writeFile(join(path, 'moved.txt'), 'mine\n'), ['moved.txt']],
  ['an untracked file where a folder must be', (path) => writeFile(join(path, 'deep'), 'mine\n'), ['deep']],
  ['a link where a folder must be', (path) => symlink('folder', join(path, 'deep')), ['deep']],
  ['a link to nowhere', (path) => symlink('/nowhere', join(path, 'new.txt')), ['new.txt']],
  ['an untracked folder where a file must be', async (path) => (await mkdir(join(path, 'new.txt')), writeFile(join(path, 'new.txt', 'mine'), 'mine\n')), ['new.txt/mine']],
  ['an ignored file', (path) => writeFile(join(path, 'secret.env'), 'mine\n'), ['secret.env']],
  ['a file in an ignored folder', async (path) => (await mkdir(join(path, 'build')), writeFile(join(path, 'build', 'out'), 'mine\n')), ['build/out']],
  ['two of them', async (path) => (await writeFile(join(path, 'edit.txt'), 'mine\n'), writeFile(join(path, 'new.txt'), 'mine\n')), ['edit.txt', 'new.txt']],
] // prettier-ignore

for (const [why, make, files] of IN_THE_WAY) {
  test(`${why} in the checkout keeps the landing out, and is kept`, async () => {
    const { land, from, git, trusted, path, raw } = await ready({ 'secret.env': 'theirs\n', 'build/out': 'theirs\n' })
    await make(path, raw)
    const before = [await raw('status', '--porcelain', '--ignored'), await raw('ls-files', '--stage'), await raw('diff')]
    expect(await land()).toEqual({ kind: 'dirty', path, files })
    expect(await branchHead(git, trusted, 'main')).toBe(from)
    expect([await raw('status', '--porcelain', '--ignored'), await raw('ls-files', '--stage'), await raw('diff')]).toEqual(before)
  })
}

test('a file that git was told to overlook is still not overwritten', async () => {
  for (const flag of ['--assume-unchanged', '--skip-worktree']) {
    const { land, from, git, trusted, path, raw } = await ready()
    await raw('update-index', flag, 'edit.txt')
    await writeFile(join(path, 'edit.txt'), 'mine\n')
    expect(await land()).toMatchObject({ kind: 'refused', message: expect.stringContaining('edit.txt') })
    expect(await branchHead(git, trusted, 'main')).toBe(from)
    expect(await readFile(join(path, 'edit.txt'), 'utf8')).toBe('mine\n')
  }
})

test('an ignored folder where a file must be is not swept away', async () => {
  const { land, path, git, trusted, from } = await ready({ 'build.env': 'x\n' })
  await mkdir(join(path, 'build.env'))
  await writeFile(join(path, 'build.env', 'mine'), 'mine\n')
  expect((await land()).kind).not.toBe('landed')
  expect(await branchHead(git, trusted, 'main')).toBe(from)
  expect(await readFile(join(path, 'build.env', 'mine'), 'utf8')).toBe('mine\n')
})

test('a file that becomes a folder, and a folder that becomes a file, land when nothing is in use', async () => {
  const { git, trusted, commit, raw, path, write } = await createRepository()
  const from = await commit('base', { a: 'file\n', 'b/x': 'x\n' })
  await raw('checkout', '--quiet', '-b', 'work')
  await raw('rm', '--quiet', '-r', 'a', 'b')
  await write('a/x', 'x\n')
  await write('b', 'file\n')
  const to = await commit('swap')
  await raw('checkout', '--quiet', 'main')
  await write('b/untracked', 'mine\n')
  expect(await advanceTarget(git, trusted, { branch: 'main', from, to })).toEqual({ kind: 'dirty', path, files: ['b/untracked'] })
  await rm(join(path, 'b/untracked'))
  expect(await advanceTarget(git, trusted, { branch: 'main', from, to })).toEqual({ kind: 'landed' })
  expect(await readFile(join(path, 'b'), 'utf8')).toBe('file\n')
})

test('a target that was moved, or is gone, is told', async () => {
  const { land, commit, git, trusted, raw, from, to } = await ready()
  const head = await commit('meanwhile')
  expect(await land()).toEqual({ kind: 'moved', head })
  expect(await branchHead(git, trusted, 'main')).toBe(head)
  await raw('checkout', '--quiet', '--detach')
  expect(await land()).toEqual({ kind: 'moved', head })
  await raw('branch', '--quiet', '-D', 'main')
  expect(await land()).toEqual({ kind: 'moved', head: null })
  expect(await advanceTarget(git, trusted, { branch: 'a..b', from, to })).toEqual({ kind: 'moved', head: null })
})

test('a target that moves between the look and the move is not moved again', async () => {
  const { from, to, git, trusted, raw, commit } = await ready()
  const meanwhile = await commit('meanwhile')
  await raw('checkout', '--quiet', 'work')
  await raw('branch', '--quiet', '--force', 'main', from)
  const racing = {
    async run(run: Parameters<typeof git.run>[0]) {
      if (run.args.includes('update-ref')) await raw('branch', '--quiet', '--force', 'main', meanwhile)
      return git.run(run)
    },
  }
  expect(await advanceTarget(racing, trusted, { branch: 'main', from, to })).toEqual({ kind: 'moved', head: meanwhile })

  await raw('branch', '--quiet', '--force', 'main', from)
  await raw('checkout', '--quiet', 'main')
  const editing = {
    async run(run: Parameters<typeof git.run>[0]) {
      if (run.args.includes('merge')) await writeFile(join(trusted.path, 'edit.txt'), 'just now\n')
      return git.run(run)
    },
  }
  expect(await advanceTarget(editing, trusted, { branch: 'main', from, to })).toMatchObject({
    kind: 'dirty',
    files: ['edit.txt'],
  })
  expect(await readFile(join(trusted.path, 'edit.txt'), 'utf8')).toBe('just now\n')
  expect(await branchHead(git, trusted, 'main')).toBe(from)
})

test('what is no step forward is refused', async () => {
  const { git, trusted, raw, from, commit } = await ready()
  await raw('checkout', '--quiet', '-b', 'apart', `${from}~1`)
  const apart = await commit('apart')
  const result = await advanceTarget(git, trusted, { branch: 'main', from, to: apart })
  expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining('does not stand on') })
  expect(await branchHead(git, trusted, 'main')).toBe(from)
})

test('a target in use by an unfinished operation, twice, in a lost folder, or by another name is refused with what to do', async () => {
  const { land, git, trusted, raw, rawIn, around, from, to, path } = await ready()
  const refused = async (words: string) => {
    expect(await land()).toEqual({ kind: 'refused', message: expect.stringContaining(words) })
    expect(await branchHead(git, trusted, 'main')).toBe(from)
  }
  const twin = join(around, 'twin')
  await raw('worktree', 'add', '--quiet', '--force', twin, 'main')
  await refused('checked out twice')
  await raw('checkout', '--quiet', '--detach')
  await rm(twin, { recursive: true })
  await refused('git worktree prune')
  await raw('worktree', 'prune')

  await raw('checkout', '--quiet', '-b', 'clash', `${from}~1`)
  await writeFile(join(path, 'edit.txt'), 'clash\n')
  await raw('add', 'edit.txt')
  await raw('commit', '--quiet', '-m', 'clash')
  await raw('checkout', '--quiet', 'main')
  await git.run({ cwd: path, args: ['rebase', 'clash'], writes: true })
  await refused('unfinished')
  await raw('rebase', '--abort')
  await rawIn(path, 'merge', '--quiet', '--no-commit', '--no-ff', '--strategy=ours', 'clash')
  await refused('A merge is unfinished')
  await raw('merge', '--abort')

  await raw('symbolic-ref', 'refs/heads/alias', 'refs/heads/main')
  const alias = await advanceTarget(git, trusted, { branch: 'alias', from, to })
  expect(alias).toEqual({ kind: 'refused', message: expect.stringContaining('another name') })
})

test('settings of the user do not turn a landing into something else', async () => {
  const { land, raw, to, git, trusted, write } = await ready()
  const odd = {
    'merge.ff': 'false', 'branch.main.mergeOptions': '--no-ff --squash --no-commit', 'merge.autoStash': 'true', 'merge.verifySignatures': 'true',
    'merge.stat': 'true', 'commit.gpgSign': 'true', 'gpg.program': 'false', 'core.editor': 'false', 'pull.ff': 'only', 'merge.log': 'true', 'core.untrackedCache': 'true',
  } // prettier-ignore
  for (const [key, value] of Object.entries(odd)) await raw('config', key, value)
  await write('other.txt', 'dirty\n')
  expect(await land()).toEqual({ kind: 'landed' })
  expect(await headOf(git, trusted)).toBe(to)
  expect(await raw('stash', 'list')).toBe('')
})

test('the user’s own hook runs after a landing', async () => {
  const { land, path } = await ready()
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/post-merge'), '#!/bin/sh\necho ran > hook.env\n', { mode: 0o755 })
  expect(await land()).toEqual({ kind: 'landed' })
  expect(isThere(join(path, 'hook.env'))).toBe(true)
})

/** A session whose two commits landed as one other commit. */
async function landed() {
  const repository = await createRepository()
  const { git, trusted, around, rawIn, commit, oid } = repository
  await commit('ignore', { '.gitignore': '*.env\n' })
  const path = join(around, 'w', 'login')
  await addWorktree(git, trusted, { path, branch: 'sluice/login', from: await oid('HEAD') })
  await writeFile(join(path, 'session.txt'), 's\n')
  await rawIn(path, 'add', '--all')
  await rawIn(path, 'commit', '--quiet', '-m', 'work')
  const from = await oid('sluice/login')
  await commit('other', { 'other.txt': 'o\n', 'late.env.txt': 'x\n' })
  const to = await commit('work, landed', { 'session.txt': 's\n' })
  const there = { path, trusted: true }
  const follow = (over: Partial<{ from: Oid; to: Oid; branch: string }> = {}, by = git) =>
    followLanding(by, there, { session: 'login', branch: 'sluice/login', from, to, ...over })
  const kept = `refs/sluice/landed/login/${from.slice(0, 12)}`
  return { ...repository, there, from, to, follow, kept }
}

test('a clean session follows what landed, and its old head is kept', async () => {
  const { follow, kept, git, there, to, from, oid } = await landed()
  await writeFile(join(there.path, 'mine.env'), 'ignored\n')
  expect(await follow()).toEqual({ kind: 'followed', kept })
  expect(await status(git, there)).toEqual({ head: to, branch: 'sluice/login', changes: [] })
  expect(await oid(kept)).toBe(from)
  expect(await readFile(join(there.path, 'mine.env'), 'utf8')).toBe('ignored\n')
})

test('ignored files that are called like commits confuse neither a landing nor what follows it', async () => {
  const { follow, kept, git, there, from, to, trusted, raw, path } = await landed()
  await raw('branch', '--quiet', '--force', 'sluice/target', `${to}~1`)
  await writeFile(join(path, '.git/info/exclude'), [from, to, 'ORIG_HEAD', 'HEAD'].join('\n'))
  for (const name of [from, to, 'ORIG_HEAD', 'HEAD']) {
    await writeFile(join(path, name), 'x\n')
    await writeFile(join(there.path, name), 'x\n')
  }
  await raw('checkout', '--quiet', 'sluice/target')
  const before = await headOf(git, trusted)
  expect(await advanceTarget(git, trusted, { branch: 'sluice/target', from: before!, to })).toEqual({ kind: 'landed' })
  expect(await follow()).toEqual({ kind: 'followed', kept })
  expect(await rebase(git, there, { branchHead: from, onto: to })).toMatchObject({ kind: 'failed' })
  await raw('worktree', 'add', '--quiet', '--detach', join(path, '../private'), from)
  for (const name of [from, to]) await writeFile(join(path, '../private', name), 'x\n')
  expect(await rebase(git, { path: join(path, '../private'), trusted: true }, { branchHead: from, onto: to })).toEqual({
    kind: 'empty',
  })
})

test('a session whose own commit landed has nothing to follow', async () => {
  const { follow, from, raw } = await landed()
  expect(await follow({ to: from })).toEqual({ kind: 'followed', kept: null })
  expect(await raw('for-each-ref', 'refs/sluice')).toBe('')
})

test('a session that is not as it landed is left as it is', async () => {
  const { follow, git, there, rawIn, from, to, raw, trusted } = await landed()
  const left = async (words: string) => {
    const before = [await rawIn(there.path, 'status', '--porcelain', '--ignored'), await raw('for-each-ref')]
    expect(await follow()).toEqual({ kind: 'left', message: expect.stringContaining(words) })
    expect([await rawIn(there.path, 'status', '--porcelain', '--ignored'), await raw('for-each-ref')]).toEqual(before)
  }
  await writeFile(join(there.path, 'new.txt'), 'n\n')
  await left('not committed')
  await rawIn(there.path, 'add', 'new.txt')
  await left('not committed')
  await rawIn(there.path, 'commit', '--quiet', '-m', 'more')
  await left('new commits')
  await rawIn(there.path, 'reset', '--quiet', '--keep', from)
  await rawIn(there.path, 'checkout', '--quiet', '-b', 'elsewhere')
  await left('“elsewhere” is checked out')
  await rawIn(there.path, 'checkout', '--quiet', '--detach')
  await left('no branch')
  await rawIn(there.path, 'checkout', '--quiet', 'sluice/login')
  await raw('update-ref', `refs/sluice/landed/login/${from.slice(0, 12)}`, to)
  await left('is taken')
  expect(await branchHead(git, trusted, 'sluice/login')).toBe(from)
})

test('an ignored file in the session’s worktree is not overwritten by what landed', async () => {
  const { follow, there, write, raw, oid } = await landed()
  await write('clash.env', 'theirs\n')
  await raw('add', '--force', 'clash.env')
  await raw('commit', '--quiet', '-m', 'clash')
  await writeFile(join(there.path, 'clash.env'), 'mine\n')
  expect(await follow({ to: await oid('main') })).toEqual({ kind: 'left', message: expect.stringContaining('clash.env') })
  expect(await readFile(join(there.path, 'clash.env'), 'utf8')).toBe('mine\n')
})

test('a commit made just before the move is not lost: the session goes back to it', async () => {
  const { follow, git, there, rawIn, trusted } = await landed()
  const plain = createGit({ env: process.env })
  let once = false
  const racing = {
    async run(run: Parameters<typeof plain.run>[0]) {
      if (run.args.includes('reset') && !once) {
        once = true
        await writeFile(join(there.path, 'late.txt'), 'late\n')
        await rawIn(there.path, 'add', 'late.txt')
        await rawIn(there.path, 'commit', '--quiet', '-m', 'late')
      }
      return plain.run(run)
    },
  }
  expect(await follow({}, racing)).toEqual({ kind: 'left', message: expect.stringContaining('new commits') })
  expect(await rawIn(there.path, 'log', '-1', '--format=%s')).toBe('late')
  expect(await readFile(join(there.path, 'late.txt'), 'utf8')).toBe('late\n')
  expect(await branchHead(git, trusted, 'sluice/login')).toBe(await headOf(git, there))
})
