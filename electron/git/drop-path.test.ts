import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dropPath, hasFile, touches, type Dropped } from './drop-path.ts'
import { parseRepoPath, type Oid } from './names.ts'
import { createRepository, type TestRepository } from './testing/repository.ts'

const PATH = parseRepoPath('HANDOFF.md')!

type Bench = TestRepository & { readonly worktree: string; readonly target: Oid; at(...args: string[]): Promise<string> }

/** A session’s worktree on a branch of its own. */
async function bench(): Promise<Bench> {
  const repository = await createRepository()
  const worktree = join(repository.around, 'work')
  await repository.raw('worktree', 'add', '--quiet', '-b', 'sluice/work', worktree)
  return { ...repository, worktree, target: await repository.oid('main'), at: (...args) => repository.rawIn(worktree, ...args) }
}

async function commit(of: Bench, message: string, files: Readonly<Record<string, string>>, ...more: string[]): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(of.worktree, name), content)
  await of.at('add', '--all')
  await of.at('commit', '--quiet', '--allow-empty', '-m', message, ...more)
}

const drop = async (of: Bench): Promise<Dropped> =>
  dropPath(
    of.git,
    { path: of.worktree, trusted: true },
    {
      session: 'work',
      branch: 'sluice/work',
      from: await of.oid('sluice/work'),
      target: of.target,
      path: PATH,
    },
  )

const head = (of: Bench): Promise<Oid> => of.oid('sluice/work')
const touched = async (of: Bench): Promise<boolean> =>
  touches(of.git, of.trusted, { target: of.target, head: await head(of) }, PATH)

test('the file leaves every commit and the index, and stays on disk; the old head is kept', async () => {
  const of = await bench()
  await commit(of, 'one', { 'a.txt': 'a\n' })
  const untouched = await head(of)
  await commit(of, 'two', { 'b.txt': 'b\n', 'HANDOFF.md': 'note\n' })
  await commit(of, 'three', { 'c.txt': 'c\n', 'HANDOFF.md': 'more\n' })
  const old = await head(of)
  expect(await touched(of)).toBe(true)
  const dropped = await drop(of)
  expect(dropped).toMatchObject({ kind: 'dropped', head: await head(of), kept: `refs/sluice/backup/work/${old.slice(0, 12)}` })
  expect(await of.oid(dropped.kind === 'dropped' ? dropped.kept : 'HEAD')).toBe(old)
  expect(await touched(of)).toBe(false)
  expect(await hasFile(of.git, of.trusted, await head(of), PATH)).toBe(false)
  expect(await of.at('log', '--format=%s', 'main..')).toBe('three\ntwo\none')
  expect(await of.oid('sluice/work~2')).toBe(untouched)
  expect(await of.at('diff', '--stat', old, 'HEAD', '--', 'a.txt', 'b.txt', 'c.txt')).toBe('')
  expect(await of.at('status', '--porcelain')).toBe('?? HANDOFF.md')
  expect(await readFile(join(of.worktree, 'HANDOFF.md'), 'utf8')).toBe('more\n')
  expect(await drop(of)).toEqual({ kind: 'nothing' })
})

test('a commit that holds nothing else goes; one that was empty from the beginning stays', async () => {
  const of = await bench()
  await commit(of, 'work', { 'a.txt': 'a\n' })
  await commit(of, 'only the note', { 'HANDOFF.md': 'note\n' })
  await commit(of, 'meant to be empty', {})
  await of.at('rm', '--quiet', 'HANDOFF.md')
  await of.at('commit', '--quiet', '-m', 'deleted later')
  expect(await touched(of)).toBe(true)
  expect((await drop(of)).kind).toBe('dropped')
  expect(await of.at('log', '--format=%s', 'main..')).toBe('meant to be empty\nwork')
  expect(await touched(of)).toBe(false)
  expect(await of.at('status', '--porcelain')).toBe('')
})

test('a branch of the note alone is back at its base', async () => {
  const of = await bench()
  await commit(of, 'note', { 'HANDOFF.md': 'note\n' })
  expect(await drop(of)).toMatchObject({ kind: 'dropped', head: of.target })
})

test('a merge stays a merge of the same two, with what it brought', async () => {
  const of = await bench()
  await commit(of, 'left', { 'a.txt': 'a\n' })
  await of.at('checkout', '--quiet', '-b', 'side', 'main')
  await commit(of, 'right', { 'b.txt': 'b\n', 'HANDOFF.md': 'note\n' })
  await of.at('checkout', '--quiet', 'sluice/work')
  await of.at('merge', '--quiet', '--no-edit', 'side')
  await of.at('branch', '-D', 'side')
  await of.commit('the target goes on', { 'd.txt': 'd\n' })
  await of.at('merge', '--quiet', '--no-edit', 'main')
  const main = await of.oid('main')
  const on = { ...of, target: main }
  expect((await drop(on)).kind).toBe('dropped')
  expect(await touched(on)).toBe(false)
  expect(await of.oid('sluice/work^2')).toBe(main)
  expect(await of.at('log', '--format=%s', '-1', 'sluice/work~1^2')).toBe('right')
  expect(await of.at('ls-tree', '--name-only', 'sluice/work')).toBe('README.md\na.txt\nb.txt\nd.txt')
})

test('authors, dates, encodings and messages stay, byte for byte; a signature goes', async () => {
  const of = await bench()
  await commit(of, 'note', { 'HANDOFF.md': 'note\n', 'a.txt': 'a\n' })
  const tree = await of.oid('HEAD^{tree}'.replace('HEAD', 'sluice/work'))
  const lines = [
    `tree ${tree}`,
    `parent ${of.target}`,
    'author .Ada, "L\u00e4rm" O\u2019B; <ada@@example> 1234567890 +1245',
    'committer  <> 1234567891 -0330',
    'gpgsig -----BEGIN PGP SIGNATURE-----',
    ' ',
    ' abc',
    ' -----END PGP SIGNATURE-----',
    'encoding latin1',
    'x-odd of another program',
    '',
    '',
  ]
  const message = Buffer.concat([
    Buffer.from('caf'),
    Buffer.of(0xe9, 0xff),
    Buffer.from('\n\n  # no comment\n\n\ntrailing  \n\n'),
  ])
  const raw = Buffer.concat([Buffer.from(lines.join('\n')), message])
  const made = await of.git.run({
    cwd: of.path,
    args: ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'],
    stdin: raw,
    writes: true,
  })
  await of.at('reset', '--quiet', '--hard', made.stdout.toString().trim())
  expect((await drop(of)).kind).toBe('dropped')
  const now = await of.git.run({ cwd: of.path, args: ['cat-file', 'commit', await head(of)] })
  const wanted = [`tree ${await of.oid('sluice/work^{tree}')}`, ...lines.slice(1, 4), ...lines.slice(8)].join('\n')
  expect(now.stdout.toString('latin1')).toBe(Buffer.concat([Buffer.from(wanted), message]).toString('latin1'))
})

test('a worktree with changes, on another branch, or in the middle of something is left alone', async () => {
  const of = await bench()
  await commit(of, 'note', { 'HANDOFF.md': 'note\n', 'a.txt': 'a\n' })
  const old = await head(of)
  await writeFile(join(of.worktree, 'a.txt'), 'changed\n')
  expect(await drop(of)).toMatchObject({ kind: 'dirty' })
  await of.at('checkout', '--quiet', '--', 'a.txt')
  await of.at('checkout', '--quiet', '--detach')
  expect(await drop(of)).toMatchObject({ kind: 'refused' })
  await of.at('checkout', '--quiet', 'sluice/work')
  await writeFile(join(of.worktree, 'HANDOFF.md'), 'newer\n')
  expect(await head(of)).toBe(old)
  // The file itself may have changed: it stays as it is.
  expect((await drop(of)).kind).toBe('dropped')
  expect(await readFile(join(of.worktree, 'HANDOFF.md'), 'utf8')).toBe('newer\n')
})

test('a branch that moved meanwhile is not moved back', async () => {
  const of = await bench()
  await commit(of, 'note', { 'HANDOFF.md': 'note\n', 'a.txt': 'a\n' })
  // What the user does just before the branch is to move.
  const hook = join(of.path, '.git/hooks/reference-transaction')
  await writeFile(
    hook,
    `#!/bin/sh\ngrep -q refs/sluice/backup || exit 0\n[ "$1" = committed ] || exit 0\nrm -f '${hook}'\ncd '${of.worktree}' && git commit --quiet --allow-empty -m meanwhile\n`,
  )
  await chmod(hook, 0o755)
  expect(await drop(of)).toMatchObject({ kind: 'refused' })
  expect(await of.at('log', '--format=%s', 'main..')).toBe('meanwhile\nnote')
})

test('a file that the target had when the branch began stays as it was there', async () => {
  const of = await bench()
  await of.commit('theirs', { 'HANDOFF.md': 'theirs\n' })
  await of.at('reset', '--quiet', '--hard', 'main')
  await commit(of, 'ours', { 'HANDOFF.md': 'ours\n', 'a.txt': 'a\n' })
  await of.raw('rm', '--quiet', 'HANDOFF.md')
  const on = { ...of, target: await of.commit('gone') }
  expect(await touched(on)).toBe(true)
  expect((await drop(on)).kind).toBe('dropped')
  expect(await touched(on)).toBe(false)
})
