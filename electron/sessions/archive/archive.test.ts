import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRepository, filesBelow } from '../../git/testing/repository.ts'
import { listWorktrees, LOCK_REASON } from '../../git/worktrees.ts'
import { until } from '../../terminals/testing/until.ts'
import { begin, live, type LifeOptions } from './testing/life.ts'

async function withLife(options: Partial<LifeOptions> = {}) {
  const repository = await createRepository()
  const head = await repository.commit('files', { 'a.txt': 'a\n', '.gitignore': 'ignored/\n' })
  const open = async (more: Partial<LifeOptions> = {}) => {
    const life = await live({ path: repository.path, head, git: repository.git, ...options, ...more })
    onTestFinished(() => life.close())
    return life
  }
  const life = await open()
  const worktree = await begin(life, repository.git, repository.path, head)
  const gone = (name = 'login') => until('its folder is gone', () => life.session(name).record().archive?.removed === true)
  const fsck = () => repository.raw('fsck', '--connectivity-only', '--no-dangling')
  return { ...repository, head, open, life, worktree, gone, fsck }
}

const at = async (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

test('an archived session comes back with its commits, its changes, what was staged and its new files', async () => {
  const { life, worktree, rawIn, raw, gone, path, git, trusted } = await withLife()
  await writeFile(join(worktree, 'done.txt'), 'done\n')
  await rawIn(worktree, 'add', '--all')
  await rawIn(worktree, 'commit', '--quiet', '--message=done')
  const head = await rawIn(worktree, 'rev-parse', 'HEAD')
  await writeFile(join(worktree, 'a.txt'), 'staged\n')
  await rawIn(worktree, 'add', 'a.txt')
  await writeFile(join(worktree, 'a.txt'), 'and more\n')
  await writeFile(join(worktree, 'HANDOFF.md'), '# note\n')
  await mkdir(join(worktree, 'ignored'))
  await writeFile(join(worktree, 'ignored/large'), 'x'.repeat(5000))
  const status = await rawIn(worktree, 'status', '--porcelain=v2', '--untracked-files=all')
  const main = filesBelow(path)

  expect(await life.archive.leavings(life.session('login'))).toMatchObject({
    value: { commits: 1, uncommitted: ['a.txt', 'HANDOFF.md'], ignored: [{ path: 'ignored/', bytes: 5000 }], ignoredCount: 1 },
  })
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true, value: { state: 'archived', head } })
  await gone()
  expect(existsSync(worktree)).toBe(false)
  expect(await readdir(`${path}.worktrees`)).toEqual([])
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
  expect(await raw('rev-parse', 'sluice/login')).toBe(head)
  expect(filesBelow(path)).toEqual(main)
  expect(await raw('for-each-ref', '--format=%(refname)', 'refs/sluice/snapshots')).toMatch(
    /^refs\/sluice\/snapshots\/login\/\d{8}T\d{6}Z$/u,
  )

  expect(await life.archive.restore(life.session('login'))).toMatchObject({
    ok: true,
    value: { state: 'exited', head, dirty: true },
  })
  expect(await rawIn(worktree, 'status', '--porcelain=v2', '--untracked-files=all')).toBe(status)
  expect([
    await at(join(worktree, 'a.txt')),
    await at(join(worktree, 'HANDOFF.md')),
    await rawIn(worktree, 'show', ':a.txt'),
  ]).toEqual(['and more\n', '# note\n', 'staged'])
  expect((await listWorktrees(git, trusted))[1]).toMatchObject({ branch: 'sluice/login', locked: LOCK_REASON })
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ failure: { code: 'not-archived' } })
  expect(life.faults).toEqual([])
})

test('a branch that the target has wholly goes with its worktree, and comes back; one with commits of its own stays', async () => {
  const { life, gone, raw, head } = await withLife()
  await life.archive.archive(life.session('login'))
  await gone()
  expect(await raw('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main')
  expect(life.session('login').record().archive).toMatchObject({ snapshot: null, branchDeleted: true, head })
  // Even a target that was set back since takes nothing away.
  await raw('reset', '--quiet', '--soft', 'HEAD~1')
  await raw('reflog', 'expire', '--expire=now', '--all')
  await raw('gc', '--quiet', '--prune=now')
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ ok: true })
  expect(await raw('rev-parse', 'sluice/login')).toBe(head)
})

test('what must not be archived is refused with what to do, and stays as it was', async () => {
  let landing = true
  const { life, worktree, rawIn, raw, path, around, open } = await withLife({ landing: () => landing })
  const refused = async (code: string, words: RegExp) => {
    const before = filesBelow(worktree)
    expect(await life.archive.archive(life.session('login'))).toMatchObject({
      failure: { code, message: expect.stringMatching(words) },
    })
    expect(filesBelow(worktree)).toEqual(before)
    expect(life.session('login').record()).toMatchObject({ intent: null, archive: null })
  }
  await refused('in-queue', /landing queue/u)
  landing = false
  await rawIn(worktree, 'switch', '--quiet', '-c', 'other')
  await refused('not-removable', /is on “other”, not on sluice\/login\. Switch back/u)
  await rawIn(worktree, 'switch', '--quiet', '--detach')
  await refused('not-removable', /is on no branch/u)
  await rawIn(worktree, 'switch', '--quiet', 'sluice/login')
  await rawIn(worktree, 'init', '--quiet', 'nested')
  await refused('not-removable', /nested\/\.git” belongs to a repository/u)
  await rm(join(worktree, 'nested'), { recursive: true })
  await rename(worktree, `${worktree}-moved`)
  expect(await life.archive.archive(life.session('login'))).toMatchObject({
    failure: { message: expect.stringMatching(/moved to .*login-moved/u) },
  })
  await mkdir(worktree)
  await writeFile(join(worktree, 'mine'), 'x')
  await refused('not-removable', /no worktree of this repository any more/u)
  await rm(worktree, { recursive: true })
  await symlink(`${worktree}-moved`, worktree)
  await refused('not-removable', /leads somewhere else|not a folder|no worktree/u)
  await symlink(path, join(around, 'to-main'))
  await life.close()
  const distrusted = await open({ trusted: false })
  expect(await distrusted.archive.archive(distrusted.session('login'))).toMatchObject({ failure: { code: 'untrusted' } })
  expect(await raw('status', '--porcelain')).toBe('')
})

test('a repository among what git ignores is never deleted: it is named, before and when it is archived', async () => {
  const { life, worktree, rawIn } = await withLife()
  await mkdir(join(worktree, 'ignored/deep'), { recursive: true })
  await writeFile(join(worktree, 'ignored/deep/file'), 'x')
  await rawIn(worktree, 'init', '--quiet', 'ignored/nested')
  const ada = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  await rawIn(join(worktree, 'ignored/nested'), ...ada, 'commit', '--quiet', '--allow-empty', '--message=Only here')
  const refusal = expect.stringContaining('“ignored/nested/” is a repository of its own')
  expect(await life.archive.leavings(life.session('login'))).toMatchObject({ value: { refusal } })
  expect(await life.archive.archive(life.session('login'))).toMatchObject({
    failure: { code: 'not-removable', message: refusal },
  })
  expect(await rawIn(join(worktree, 'ignored/nested'), 'log', '-1', '--format=%s')).toBe('Only here')
  await rename(join(worktree, 'ignored/nested'), `${worktree}-nested`)
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true })
})

test('the main checkout is never taken away, whatever the record says', async () => {
  const { life, path, git, head, raw } = await withLife()
  await life.archive.archive(life.session('login'))
  await begin(life, git, path, head, 'reads', { research: true })
  const before = filesBelow(path)
  expect(await life.archive.archive(life.session('reads'))).toMatchObject({ ok: true, value: { state: 'archived' } })
  expect(await life.archive.restore(life.session('reads'))).toMatchObject({ ok: true })
  await raw('switch', '--quiet', '-c', 'sluice/main')
  for (const worktree of [path, join(path, '.git')]) {
    const facts = {
      kind: 'session-started',
      session: `odd-${worktree.length}`,
      name: `odd-${worktree.length}`,
      branch: 'sluice/main',
    } as const
    life.roster.apply({ ...life.session('reads').record(), ...facts, worktree, research: false, imported: false } as never)
  }
  for (const { id } of life.roster.all().filter((record) => record.id.startsWith('odd-'))) {
    life.roster.apply({ kind: 'session-prepared', session: id })
    await life.sessions.add(id)
    expect(await life.archive.archive(life.session(id))).toMatchObject({
      failure: { code: expect.stringMatching(/not-removable|git-failed/u) },
    })
  }
  expect(filesBelow(path)).toEqual(before)
})

test('an imported worktree keeps its folder, its branch and its changes; only the lock goes, and comes back', async () => {
  const { life, git, path, head, trusted } = await withLife()
  const worktree = await begin(life, git, path, head, 'mine', { imported: true })
  await writeFile(join(worktree, 'new'), 'x')
  const lock = async () => (await listWorktrees(git, trusted)).find((one) => one.path === worktree)?.locked
  expect(await life.archive.archive(life.session('mine'))).toMatchObject({ ok: true, value: { archive: { removed: true } } })
  expect([await at(join(worktree, 'new')), await lock()]).toEqual(['x', null])
  expect(await life.archive.restore(life.session('mine'))).toMatchObject({ ok: true })
  expect(await lock()).toBe(LOCK_REASON)
})

test('a worktree that the user removed is archived with its commits, and nobody else’s registration is pruned', async () => {
  const { life, worktree, raw, rawIn, around, gone } = await withLife()
  await writeFile(join(worktree, 'x'), 'x')
  await rawIn(worktree, 'add', '--all')
  await rawIn(worktree, 'commit', '--quiet', '--message=mine')
  const head = await rawIn(worktree, 'rev-parse', 'HEAD')
  await raw('worktree', 'add', '--quiet', '-b', 'theirs', join(around, 'theirs'))
  await rm(join(around, 'theirs'), { recursive: true })
  await rm(worktree, { recursive: true })
  expect(await life.archive.leavings(life.session('login'))).toMatchObject({ failure: { code: 'worktree-missing' } })
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true, value: { head } })
  await gone()
  expect(await raw('worktree', 'list')).toContain('theirs')
  expect(await raw('worktree', 'list')).not.toContain('login')
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ ok: true, value: { head } })
  expect(await at(join(worktree, 'x'))).toBe('x')
})

test('the teardown command runs in the worktree; when it fails nothing goes, and its words are told', async () => {
  const failing = await withLife({ teardown: 'echo stopping the database; echo no such container >&2; exit 3' })
  const { worktree } = failing
  const answer = await failing.life.archive.archive(failing.life.session('login'))
  expect(answer).toMatchObject({
    failure: { code: 'not-removable', message: expect.stringMatching(/exited with 3[\s\S]*no such container/u) },
  })
  expect(existsSync(worktree)).toBe(true)
  const { life, around, gone } = await withLife({ teardown: 'pwd > "$HOME.seen"; echo "$SLUICE_SESSION" >> "$HOME.seen"' })
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true })
  await gone()
  expect((await at(join(around, 'home.seen')))?.split('\n')).toEqual([`${join(around, 'shop.worktrees/login')}`, 'login', ''])
})

test('two at once do not get in each other’s way', async () => {
  const { life, git, path, head } = await withLife()
  await begin(life, git, path, head, 'other')
  const [one, again, two] = await Promise.all([
    life.archive.archive(life.session('login')),
    life.archive.archive(life.session('login')),
    life.archive.archive(life.session('other')),
  ])
  expect([one.ok, two.ok, again]).toMatchObject([true, true, { failure: { code: 'busy' } }])
})

test('a file that is written while it is archived is either in the snapshot or keeps the worktree', async () => {
  const { life, worktree, git, open, raw } = await withLife()
  await life.close()
  await writeFile(join(worktree, 'first'), '1')
  let writes = 0
  // The user saves once more after the snapshot was made, before the folder is moved.
  const meddling: typeof git = {
    async run(request) {
      const ended = await git.run(request)
      if (request.args.includes('commit-tree') && (writes += 1) <= 4)
        await writeFile(join(worktree, `late-${writes}`), String(writes))
      return ended
    },
  }
  const second = await open({ git: meddling })
  const answer = await second.archive.archive(second.session('login'))
  expect(answer).toMatchObject({ ok: true })
  const { snapshot } = second.session('login').record().archive ?? {}
  expect(await raw('ls-tree', '--name-only', String(snapshot))).toBe(
    '.gitignore\nREADME.md\na.txt\nfirst\nlate-1\nlate-2\nlate-3\nlate-4',
  )
})

test('the user’s own git in the way is told, and nothing of it is overwritten', async () => {
  const { life, worktree, raw, rawIn, gone, head } = await withLife()
  await writeFile(join(worktree, 'x'), 'x')
  await life.archive.archive(life.session('login'))
  await gone()
  await raw('branch', 'sluice/login', 'HEAD~1')
  expect(await life.archive.restore(life.session('login'))).toMatchObject({
    failure: { code: 'branch-exists', message: expect.stringMatching(/at another commit now/u) },
  })
  await raw('branch', '--force', 'sluice/login', head)
  await raw('switch', '--quiet', 'sluice/login')
  expect(await life.archive.restore(life.session('login'))).toMatchObject({
    failure: { code: 'branch-exists', message: expect.stringMatching(/checked out in/u) },
  })
  await raw('switch', '--quiet', 'main')
  await mkdir(worktree, { recursive: true })
  await writeFile(join(worktree, 'mine'), 'mine')
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ failure: { code: 'folder-exists' } })
  expect(await at(join(worktree, 'mine'))).toBe('mine')
  await rm(worktree, { recursive: true })
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ ok: true })
  expect([await at(join(worktree, 'x')), await rawIn(worktree, 'status', '--porcelain')]).toEqual(['x', '?? x'])
})
