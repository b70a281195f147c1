import { statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { addDetachedWorktree, addWorktree } from './add-worktree.ts'
import { discardWorktree, sweepTrash, whyNotDiscarded } from './discard.ts'
import { GitError } from './failure.ts'
import { gitDirOf, operationIn } from './places.ts'
import { branchHead } from './refs.ts'
import { createGit, type Git } from './run.ts'
import { createRepository, filesBelow, isThere } from './testing/repository.ts'
import { whatCannotBeHeld } from './unholdable.ts'
import { listWorktrees, LOCK_REASON } from './worktrees.ts'

async function withSession() {
  const repository = await createRepository()
  const root = join(repository.around, 'shop.worktrees')
  const path = join(root, 'login')
  const from = await repository.oid('HEAD')
  await addWorktree(repository.git, repository.trusted, { path, branch: 'sluice/login', from })
  return { ...repository, root, session: path, from, trash: join(root, '.sluice-trash') }
}

/** A git that removes no worktree. */
function stubborn(git: Git): Git {
  return {
    run: (run) =>
      run.args.includes('remove')
        ? Promise.resolve({ code: 128, stdout: Buffer.alloc(0), stderr: 'fatal: no\n', truncated: false })
        : git.run(run),
  }
}

test('a locked worktree with files of all kinds goes, and its branch stays', async () => {
  const { git, trusted, root, session, from } = await withSession()
  await writeFile(join(session, 'new.txt'), 'x')
  await mkdir(join(session, 'node_modules/deep'), { recursive: true })
  await symlink(trusted.path, join(session, 'link-to-main'))
  const before = filesBelow(trusted.path)
  const result = await discardWorktree(git, trusted, { path: session, root })
  expect(isThere(session)).toBe(false)
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
  expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
  expect(await readdir(root)).toEqual([])
  expect(filesBelow(trusted.path)).toEqual(before)
  expect(await branchHead(git, trusted, 'sluice/login')).toBe(from)
})

test('git is never forced', async () => {
  const { trusted, root, session } = await withSession()
  const seen: string[] = []
  const plain = createGit({ env: process.env })
  const git = { run: (run: Parameters<typeof plain.run>[0]) => (seen.push(...run.args), plain.run(run)) }
  await writeFile(join(session, 'new.txt'), 'x')
  expect(await discardWorktree(git, trusted, { path: session, root })).toMatchObject({ kind: 'discarded' })
  expect(seen).toContain('remove')
  expect(seen.filter((arg) => /^(?:-f+|--force.*|--hard|prune)$/u.test(arg))).toEqual([])
})

test('what is no worktree of this repository inside the root is refused and left as it is', async () => {
  const { git, trusted, around, root, session, raw, rawIn } = await withSession()
  const foreign = await createRepository({ name: 'foreign' })
  await foreign.raw('worktree', 'add', '--quiet', '-b', 'x', join(root, 'foreign-worktree'))
  await rawIn(root, 'init', '--quiet', 'own-repository')
  await mkdir(join(root, 'plain'))
  await writeFile(join(root, 'plain', 'work'), 'x')
  await writeFile(join(root, 'file'), 'x')
  await symlink(session, join(root, 'link'))
  await symlink(trusted.path, join(root, 'main-link'))
  await symlink(root, join(around, 'root-link'))
  await raw('worktree', 'add', '--quiet', '-b', 'outside', join(around, 'outside'))
  await raw('worktree', 'add', '--quiet', '-b', 'nested', join(session, 'nested'))
  // A folder that only says it is the session's worktree.
  await mkdir(join(root, 'pretender'))
  await writeFile(join(root, 'pretender', '.git'), `gitdir: ${join(trusted.path, '.git/worktrees/login')}\n`)
  await mkdir(join(root, 'points-at-main'))
  await writeFile(join(root, 'points-at-main', '.git'), `gitdir: ${join(trusted.path, '.git')}\n`)

  const before = [filesBelow(around), filesBelow(foreign.around), await raw('worktree', 'list', '--porcelain')]
  const refused = async (path: string, inside: string, words: string) => {
    const result = await discardWorktree(git, trusted, { path, root: inside })
    expect([path, result]).toEqual([path, { kind: 'refused', message: expect.stringContaining(words) }])
  }
  await refused(trusted.path, around, 'main checkout')
  await refused(`${trusted.path}/`, around, 'main checkout')
  await refused(trusted.path, root, 'not inside')
  await refused(around, around, 'not inside')
  await refused('/', '/', 'not inside')
  await refused(root, root, 'not inside')
  await refused(join(root, '..', 'outside'), root, 'not inside')
  await refused(join(around, 'outside'), root, 'not inside')
  await refused(join(root, 'login', '..', '..', 'shop'), root, 'not inside')
  await refused(join(trusted.path, '.git'), around, 'knows no worktree')
  for (const name of [
    'plain',
    'file',
    'link',
    'main-link',
    'foreign-worktree',
    'own-repository',
    'pretender',
    'points-at-main',
    'nothing',
  ]) {
    await refused(join(root, name), root, 'knows no worktree')
  }
  await refused(session, root, 'also holds')
  await refused(join(root, 'login'), join(root, 'login'), 'not inside')
  expect(await discardWorktree(git, { path: session, trusted: true }, { path: session, root })).toMatchObject({ kind: 'refused' })
  expect([filesBelow(around), filesBelow(foreign.around), await raw('worktree', 'list', '--porcelain')]).toEqual(before)
})

test('a worktree that was replaced by something else is left as it is', async () => {
  const { git, trusted, around, root, session } = await withSession()
  const attempt = () => discardWorktree(git, trusted, { path: session, root })
  const real = join(around, 'real')
  await rename(session, real)

  await symlink(real, session)
  expect(await attempt()).toEqual({ kind: 'refused', message: expect.stringContaining('not a folder') })
  await rm(session)

  await mkdir(join(session, '.git'), { recursive: true })
  expect(await attempt()).toEqual({ kind: 'refused', message: expect.stringContaining('repository of its own') })
  await rm(session, { recursive: true })

  await mkdir(session)
  await symlink(join(real, '.git'), join(session, '.git'))
  expect(await attempt()).toEqual({ kind: 'refused', message: expect.stringContaining('repository of its own') })
  await rm(session, { recursive: true })

  await mkdir(session)
  await writeFile(join(session, '.git'), `gitdir: ${join(trusted.path, '.git')}\n`)
  expect(await attempt()).toEqual({ kind: 'refused', message: expect.stringContaining('another repository') })
  await rm(session, { recursive: true })

  await rename(real, session)
  expect(await attempt()).toMatchObject({ kind: 'discarded' })
})

test('a worktree with submodules of its own is left to the user', async () => {
  const { git, trusted, around, root, session, rawIn } = await withSession()
  await rawIn(around, 'clone', '--quiet', trusted.path, 'inner')
  await rawIn(session, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(around, 'inner'), 'sub')
  expect(await discardWorktree(git, trusted, { path: session, root })).toEqual({
    kind: 'refused',
    message: expect.stringContaining('submodules'),
  })
  expect(isThere(join(session, 'sub/README.md'))).toBe(true)
  // What the sentence says can be done: afterwards it goes.
  await rawIn(session, 'commit', '--quiet', '--message=sub')
  await rawIn(session, 'submodule', '--quiet', 'deinit', '--all')
  const modules = join(await rawIn(session, 'rev-parse', '--absolute-git-dir'), 'modules')
  expect(await whyNotDiscarded(git, trusted, { path: session, root })).toContain(`move ${modules} away`)
  await rename(modules, join(around, 'modules'))
  expect(await whyNotDiscarded(git, trusted, { path: session, root })).toBe(null)
  expect(await whatCannotBeHeld(git, { ...trusted, path: session })).toBe(null)
})

async function withScratch(around?: string) {
  const repository = await createRepository()
  const { git, trusted, commit, raw, rawIn } = repository
  const inner = await createRepository({ name: 'inner' })
  await inner.commit('more', { 'deep.txt': 'x\n' })
  // As a user's own setting: the setup command runs a plain git.
  await raw('config', 'protocol.file.allow', 'always')
  await raw('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
  const head = await commit('a submodule')
  const root = join(around ?? repository.around, 'scratch')
  const path = join(root, 'one')
  expect(await addDetachedWorktree(git, trusted, { path, commit: head })).toMatchObject({ ok: true })
  await rawIn(path, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init')
  const registration = join(trusted.path, '.git/worktrees/one')
  expect([join(path, 'sub/deep.txt'), join(registration, 'modules/sub/HEAD')].map(isThere)).toEqual([true, true])
  const discard = (more: { readonly madeByUs?: boolean } = { madeByUs: true }, by = git) =>
    discardWorktree(by, trusted, { path, root, ...more })
  return { ...repository, inner, root, scratch: path, registration, discard, trash: join(root, '.sluice-trash') }
}

async function nothingLeft({ git, trusted, root, registration }: Awaited<ReturnType<typeof withScratch>>): Promise<void> {
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
  expect(isThere(registration)).toBe(false)
  expect(await readdir(root)).toEqual([])
}

test('a worktree made by us goes with the history of its submodules, and nothing else does', async () => {
  const repository = await withScratch()
  const { trusted, inner, raw, discard, rawIn, scratch, around } = repository
  await raw('worktree', 'add', '--quiet', '--detach', join(around, 'other'))
  await rawIn(join(around, 'other'), '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init')
  await writeFile(join(scratch, 'sub/new.txt'), 'x')
  const kept = () =>
    [
      trusted.path,
      inner.around,
      join(around, 'other'),
      join(trusted.path, '.git/modules'),
      join(trusted.path, '.git/worktrees/other'),
    ].map(filesBelow)
  const before = kept()
  expect(before[3]).toContain('sub/HEAD')
  expect(before[4]).toContain('modules/sub/HEAD')

  const refused = { kind: 'refused', message: expect.stringContaining('submodules') }
  expect(await discard({})).toEqual(refused)
  expect(await discard({ madeByUs: false })).toEqual(refused)
  expect(isThere(join(scratch, 'sub/new.txt'))).toBe(true)
  expect(await rawIn(join(scratch, 'sub'), 'status', '--porcelain')).toBe('?? new.txt')

  const result = await discard()
  expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
  expect(kept()).toEqual(before)
  await raw('worktree', 'remove', '--force', join(around, 'other'))
  await nothingLeft(repository)
})

test('a worktree made by us that git was killed in, in the middle of a rebase, goes too', async () => {
  const repository = await withScratch()
  const { git, around, scratch, registration, raw, rawIn, discard, commit } = repository
  const ours = await (await raw('checkout', '--quiet', '-b', 'ours'), commit('ours', { 'README.md': 'ours\n' }))
  const onto = await (await raw('checkout', '--quiet', 'main'), commit('theirs', { 'README.md': 'theirs\n' }))
  await writeFile(join(registration, '../../info/attributes'), 'README.md merge=slow\n')
  const merging = join(around, 'merging')
  await raw('config', 'merge.slow.driver', `: > "${merging}"; while [ -e "${merging}" ]; do sleep 0.1; done`)
  await rawIn(scratch, 'checkout', '--quiet', '--detach', ours)
  const stop = new AbortController()
  const ended = git
    .run({ cwd: scratch, args: ['rebase', onto], writes: true, signal: stop.signal })
    .catch((error: unknown) => error)
  await expect.poll(() => isThere(merging)).toBe(true)
  stop.abort()
  expect(await ended).toBeInstanceOf(GitError)
  expect(await operationIn((await gitDirOf(scratch))!)).toBe('rebase')

  const result = await discard()
  expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
  await nothingLeft(repository)
})

test('when git does not let go of a worktree made by us, its submodules work as before', async () => {
  const { discard, scratch, rawIn, git, root } = await withScratch()
  expect(await discard({ madeByUs: true }, stubborn(git))).toEqual({ kind: 'refused', message: expect.stringContaining('no') })
  expect(await rawIn(scratch, 'submodule', 'status', '--recursive')).toMatch(/^ [0-9a-f]{40} sub /u)
  expect(await rawIn(join(scratch, 'sub'), 'log', '--format=%s')).toBe('more\nfirst')
  expect(await readdir(root)).toContain('one')
})

test('a removal with submodules that was killed after any of its steps is finished by the next one', async () => {
  for (const steps of [1, 2, 3]) {
    const repository = await withScratch()
    const { root, scratch, trash, raw, registration, discard } = repository
    await mkdir(trash)
    await rename(scratch, join(trash, `discarded-${crypto.randomUUID()}`))
    if (steps > 1) await rename(join(registration, 'modules'), join(trash, `discarded-${crypto.randomUUID()}`))
    if (steps > 2) await raw('worktree', 'unlock', scratch)
    expect(await discard()).toMatchObject({ kind: 'discarded' })
    expect(await sweepTrash({ root })).toBe(0)
    await nothingLeft(repository)
  }
})

test('a history that only is a link is taken away as a link', async () => {
  const repository = await withScratch()
  const { around, registration, discard } = repository
  const elsewhere = join(around, 'elsewhere')
  await rename(join(registration, 'modules'), elsewhere)
  await symlink(elsewhere, join(registration, 'modules'))
  const before = filesBelow(elsewhere)
  const result = await discard()
  expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
  expect(filesBelow(elsewhere)).toEqual(before)
  expect(before).toContain('sub/HEAD')
  await nothingLeft(repository)
})

const otherDisk = statSync('/dev/shm', { throwIfNoEntry: false })?.dev
test.skipIf(otherDisk === undefined || otherDisk === statSync(tmpdir()).dev)(
  'a worktree made by us on another disk than the repository goes with its submodules',
  async () => {
    const around = await mkdtemp('/dev/shm/sluice-git-')
    onTestFinished(() => rm(around, { recursive: true, force: true }))
    const repository = await withScratch(around)
    const result = await repository.discard()
    expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
    await nothingLeft(repository)
  },
)

test('made by us or not, what is no worktree of this repository inside the root stays', async () => {
  const { git, trusted, around, root, scratch, discard } = await withScratch()
  const refuse = async (path: string, inside: string, words: string) =>
    expect(await discardWorktree(git, trusted, { path, root: inside, madeByUs: true })).toEqual({
      kind: 'refused',
      message: expect.stringContaining(words),
    })
  await refuse(trusted.path, around, 'main checkout')
  await refuse(scratch, join(around, 'shop'), 'not inside')
  await refuse(join(scratch, 'sub'), root, 'knows no worktree')
  const real = join(around, 'real')
  await rename(scratch, real)
  await mkdir(scratch)
  await writeFile(join(scratch, '.git'), `gitdir: ${join(trusted.path, '.git/modules/sub')}\n`)
  await refuse(scratch, root, 'another repository')
  await rm(scratch, { recursive: true })
  await rename(real, scratch)
  const result = await discard()
  expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
})

test('a registration whose folder is gone is taken out, locked or not', async () => {
  const { git, trusted, root, session } = await withSession()
  await rm(session, { recursive: true })
  expect(await discardWorktree(git, trusted, { path: session, root })).toMatchObject({ kind: 'discarded' })
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
})

test('when git does not let go, the folder and its lock come back', async () => {
  const { git, trusted, root, session } = await withSession()
  await writeFile(join(session, 'work.txt'), 'precious\n')
  const result = await discardWorktree(stubborn(git), trusted, { path: session, root })
  expect(result).toEqual({ kind: 'refused', message: expect.stringContaining('no') })
  expect(isThere(join(session, 'work.txt'))).toBe(true)
  expect((await listWorktrees(git, trusted))[1]).toMatchObject({ path: session, locked: LOCK_REASON })
})

test('a removal that was killed after any of its steps is finished by the next one', async () => {
  for (const steps of [1, 2]) {
    const { git, trusted, root, session, trash, raw } = await withSession()
    await mkdir(trash)
    await rename(session, join(trash, `discarded-${crypto.randomUUID()}`))
    if (steps > 1) await raw('worktree', 'unlock', session)
    expect(await discardWorktree(git, trusted, { path: session, root })).toMatchObject({ kind: 'discarded' })
    expect(await listWorktrees(git, trusted)).toHaveLength(1)
    expect(await sweepTrash({ root })).toBe(0)
    expect(await readdir(root)).toEqual([])
  }
})

test('the sweep of the trash touches only what was put there', async () => {
  const { around, root, trash } = await withSession()
  await mkdir(join(trash, `discarded-${crypto.randomUUID()}`, 'x'), { recursive: true })
  await mkdir(join(trash, 'somebody-else'))
  expect(await sweepTrash({ root })).toBe(0)
  expect(await readdir(trash)).toEqual(['somebody-else'])

  const outside = join(around, 'outside')
  await mkdir(join(outside, `discarded-${crypto.randomUUID()}`), { recursive: true })
  await symlink(outside, join(root, 'trash-link'))
  await sweepTrash({ root, trash: join(root, 'trash-link') })
  await sweepTrash({ root, trash: outside })
  expect(await readdir(outside)).toHaveLength(1)
})

test('a trash that cannot be used refuses before anything is changed', async () => {
  const { git, trusted, around, root, session } = await withSession()
  await writeFile(join(around, 'file'), '')
  for (const trash of [join(around, 'file'), join(session, 'trash'), '/proc/trash']) {
    expect(await discardWorktree(git, trusted, { path: session, root, trash })).toEqual({
      kind: 'refused',
      message: expect.stringContaining('could not be moved'),
    })
  }
  expect((await listWorktrees(git, trusted))[1]).toMatchObject({ path: session, locked: LOCK_REASON })
  expect(isThere(join(session, 'README.md'))).toBe(true)
})

/** A git that is killed at the end of its first removal of a worktree, or before it did anything. */
function killedAt(moment: 'end' | 'start', git: Git): Git {
  let killed = false
  return {
    async run(run) {
      if (killed || !run.args.includes('remove')) return git.run(run)
      killed = true
      const ended = moment === 'end' ? await git.run(run) : { stdout: Buffer.alloc(0), truncated: false }
      return { ...ended, code: 137, stderr: 'Killed\n' }
    },
  }
}

test.each(['end', 'start'] as const)(
  'a git that is killed at the %s of its removal leaves nothing half removed',
  async (moment) => {
    const { git, trusted, root, session } = await withSession()
    const result = await discardWorktree(killedAt(moment, git), trusted, { path: session, root })
    expect(result.kind === 'discarded' && (await result.deleted)).toBe(true)
    expect(isThere(session)).toBe(false)
    expect(await listWorktrees(git, trusted)).toHaveLength(1)
    expect(await readdir(root)).toEqual([])
  },
)

test('what was on its way out when its repository was moved away stays, and goes once git has let go of it', async () => {
  const { raw, path, around, root, session, trash } = await withSession()
  await writeFile(join(session, 'new.txt'), 'work')
  const leaving = join(trash, `leaving-${crypto.randomUUID()}`)
  await mkdir(trash)
  await rename(session, leaving)
  await rename(path, join(around, 'moved'))
  expect(await sweepTrash({ root })).toBe(0)
  expect(isThere(join(leaving, 'new.txt'))).toBe(true)
  await rename(join(around, 'moved'), path)
  await raw('worktree', 'unlock', session)
  await raw('worktree', 'remove', session)
  expect(await sweepTrash({ root })).toBe(0)
  expect(isThere(leaving)).toBe(false)
})
