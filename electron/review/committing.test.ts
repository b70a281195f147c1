/** Facts about commits that the user makes of a session's work, with real git, hooks and signing. */

import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Oid } from '../git/names.ts'
import { commitWork, whyBusy } from './committing.ts'
import { beginWork, type SessionWork } from './testing/session-work.ts'

async function commit(work: SessionWork, message = 'By hand', more: { amend?: boolean; from?: Oid; trusted?: boolean } = {}) {
  const { repository, path } = work
  return commitWork(work.git, {
    name: 'login',
    branch: 'sluice/login',
    worktree: { path, trusted: more.trusted ?? true },
    target: await repository.oid('main'),
    from: more.from ?? (await repository.oid('sluice/login')),
    message,
    amend: more.amend ?? false,
  })
}
const log = ({ raw }: SessionWork): Promise<string> => raw('log', '--format=%an: %B', '-1')
const status = ({ raw }: SessionWork): Promise<string> => raw('status', '--porcelain')
const filesOf = ({ raw }: SessionWork): Promise<string> => raw('show', '--name-status', '--no-renames', '--format=', 'HEAD')

async function hook({ repository }: SessionWork, name: string, script: string): Promise<void> {
  const folder = join(repository.path, '.git/hooks')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}

test('everything that is not committed goes into the commit, but what git ignores and the note of a paused session', async () => {
  const work = await beginWork()
  await work.commit('work', { 'a.txt': 'a\n', 'gone.txt': 'x\n', '.gitignore': 'junk\n' })
  await work.write('a.txt', 'A\n')
  await work.write('new/ü "b".txt', 'b\n')
  await work.write('junk', 'junk\n')
  await work.write('HANDOFF.md', 'note\n')
  await rm(join(work.path, 'gone.txt'))
  // Even where somebody staged it.
  await work.raw('add', 'HANDOFF.md')
  const done = await commit(work, '  # a title\n\n# kept\n')
  expect(done).toEqual({ ok: true, value: await work.repository.oid('sluice/login') })
  expect(await log(work)).toBe('Ada:   # a title\n\n# kept\n')
  expect((await work.raw('show', '-z', '--name-status', '--no-renames', '--format=', 'HEAD')).split('\0')).toEqual([
    'M',
    'a.txt',
    'D',
    'gone.txt',
    'A',
    'new/ü "b".txt',
    '',
  ])
  expect(await status(work)).toBe('?? HANDOFF.md')
  expect(await readFile(join(work.path, 'HANDOFF.md'), 'utf8')).toBe('note\n')
})

test('a note that the branch has is a file like any other', async () => {
  const work = await beginWork()
  await work.commit('work', { 'HANDOFF.md': 'one\n' })
  await work.write('HANDOFF.md', 'two\n')
  expect(await commit(work)).toMatchObject({ ok: true })
  expect(await filesOf(work)).toBe('M\tHANDOFF.md')
})

test('with nothing to commit, after another commit, on another branch, in a rebase and without trust nothing is committed', async () => {
  const work = await beginWork()
  const from = await work.commit('work', { 'a.txt': 'a\n' })
  expect(await commit(work)).toMatchObject({ failure: { code: 'nothing-to-commit' } })
  await work.write('HANDOFF.md', 'note\n')
  expect(await commit(work)).toMatchObject({ failure: { code: 'nothing-to-commit' } })
  await work.write('a.txt', 'b\n')
  expect(await commit(work, 'x', { trusted: false })).toMatchObject({ failure: { code: 'untrusted' } })
  const head = await work.commit('more')
  await work.write('a.txt', 'c\n')
  expect(await commit(work, 'x', { from })).toMatchObject({ failure: { code: 'changed' } })
  await work.raw('switch', '--quiet', '-c', 'other')
  expect(await commit(work)).toMatchObject({ failure: { code: 'changed' } })
  await work.raw('switch', '--quiet', 'sluice/login')
  await work.raw('bisect', 'start')
  expect(await commit(work)).toMatchObject({ failure: { code: 'git-failed', message: expect.stringContaining('bisect') } })
  await work.raw('bisect', 'reset')
  expect(await work.repository.oid('sluice/login')).toBe(head)
})

test('a repository inside the worktree is not committed as a bare pointer', async () => {
  const work = await beginWork()
  await work.raw('init', '--quiet', 'inner')
  await work.write('inner/x', 'x\n')
  await work.raw('-C', 'inner', 'add', '.')
  await work.raw('-C', 'inner', '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'x')
  expect(await commit(work)).toMatchObject({ failure: { message: expect.stringContaining('repository of its own') } })
})

test('a hook that refuses is heard, and the index is what it was', async () => {
  const work = await beginWork()
  await work.commit('work', { 'a.txt': 'a\n', 'b.txt': 'b\n' })
  await work.write('a.txt', 'staged\n')
  await work.raw('add', 'a.txt')
  await work.write('a.txt', 'later\n')
  await work.write('b.txt', 'B\n')
  await work.write('c.txt', 'c\n')
  const before = [await status(work), await work.raw('diff', '--cached')]
  await hook(work, 'pre-commit', 'printf "\\033[31mlint\\033[0m: 3 errors\\n"; git add --all; exit 1')
  const done = await commit(work)
  expect(done).toMatchObject({ failure: { code: 'git-failed', message: 'Git did not commit:\nlint: 3 errors' } })
  expect([await status(work), await work.raw('diff', '--cached')]).toEqual(before)
  // What is staged and what is not is compared by its content, not by its age.
  await work.write('b.txt', 'b\n')
  expect(await status(work)).toBe('MM a.txt\n?? c.txt')

  await hook(work, 'pre-commit', 'echo formatted > a.txt; git add a.txt')
  await hook(work, 'prepare-commit-msg', 'echo "Ticket: 7" >> "$1"')
  expect(await commit(work)).toMatchObject({ ok: true })
  expect(await log(work)).toContain('Ticket: 7')
  expect(await work.raw('show', 'HEAD:a.txt')).toBe('formatted')
  expect(await status(work)).toBe('')
})

test('a commit is signed where the user’s are, and not where they are not', async () => {
  const work = await beginWork()
  const program = join(work.repository.around, 'signer')
  await writeFile(
    program,
    '#!/bin/sh\ncat >/dev/null\necho "[GNUPG:] SIG_CREATED " >&2\nprintf -- "-----BEGIN PGP SIGNATURE-----\\n\\nstand-in\\n-----END PGP SIGNATURE-----\\n"\n',
  )
  await chmod(program, 0o755)
  await work.raw('config', 'gpg.program', program)
  await work.write('a.txt', 'a\n')
  await commit(work)
  expect(await work.raw('cat-file', 'commit', 'HEAD')).not.toContain('gpgsig')
  await work.raw('config', 'commit.gpgSign', 'yes')
  await work.write('a.txt', 'b\n')
  await commit(work)
  expect(await work.raw('cat-file', 'commit', 'HEAD')).toContain('gpgsig -----BEGIN PGP SIGNATURE-----')
  await writeFile(program, '#!/bin/sh\necho "no key" >&2\nexit 2\n')
  await work.write('a.txt', 'c\n')
  const failed = await commit(work)
  expect(failed).toMatchObject({ failure: { message: expect.stringContaining('gpg failed to sign') } })
  expect(await status(work)).toBe(' M a.txt')
})

test('without a name and an address the sentence says what to set', async () => {
  const work = await beginWork()
  await work.raw('config', '--unset', 'user.name')
  await work.raw('config', '--unset', 'user.email')
  await work.write('a.txt', 'a\n')
  expect(await commit(work)).toMatchObject({ failure: { message: expect.stringContaining('git config --global user.name') } })
})

test('amending takes what is uncommitted into the last commit, keeps its author, and keeps the old one under a ref', async () => {
  const work = await beginWork()
  await work.write('a.txt', 'a\n')
  await work.raw('add', 'a.txt')
  await work.raw('-c', 'user.name=Grace', 'commit', '--quiet', '-m', 'theirs')
  const old = await work.repository.oid('sluice/login')
  await work.write('b.txt', 'b\n')
  expect(await commit(work, 'Better', { amend: true })).toMatchObject({ ok: true })
  expect(await work.raw('log', '--format=%an %s', 'main..')).toBe('Grace Better')
  expect(await filesOf(work)).toBe('A\ta.txt\nA\tb.txt')
  expect(await work.raw('rev-parse', `refs/sluice/backup/login/${old.slice(0, 12)}`)).toBe(old)

  // Of a clean worktree only the message is another one; also of a commit that holds nothing.
  const tree = await work.raw('rev-parse', 'HEAD^{tree}')
  await commit(work, 'Best', { amend: true })
  expect([await work.raw('log', '--format=%s', 'main..'), await work.raw('rev-parse', 'HEAD^{tree}')]).toEqual(['Best', tree])
  await work.commit('empty')
  expect(await commit(work, 'Empty still', { amend: true })).toMatchObject({ ok: true })
  expect(await work.raw('log', '--format=%s', 'main..')).toBe('Empty still\nBest')
})

test('a commit of the target is never amended', async () => {
  const work = await beginWork()
  await work.write('a.txt', 'a\n')
  const main = await work.repository.oid('main')
  expect(await commit(work, 'x', { amend: true })).toMatchObject({ failure: { code: 'nothing-to-commit' } })
  // Neither is one that landed.
  const head = await work.commit('work')
  await work.repository.raw('merge', '--quiet', '--ff-only', 'sluice/login')
  await work.write('a.txt', 'b\n')
  expect(await commit(work, 'x', { amend: true })).toMatchObject({ failure: { code: 'nothing-to-commit' } })
  expect([main === head, await work.repository.oid('sluice/login')]).toEqual([false, head])
})

test('who is in the middle of a turn is left alone', () => {
  const busy = (['working', 'needs-permission', 'asks', 'background', 'starting'] as const).map((state) =>
    whyBusy({ name: 'login', state }, 'commit'),
  )
  expect(busy.every((refusal) => refusal?.failure.code === 'busy')).toBe(true)
  for (const state of ['idle', 'exited', 'paused', 'crashed', 'limited', 'unknown'] as const)
    expect(whyBusy({ name: 'login', state }, 'commit')).toBeNull()
})
