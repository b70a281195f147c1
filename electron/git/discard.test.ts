import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { discardWorktree, sweepTrash } from './discard.ts'
import { branchHead } from './refs.ts'
import { createGit } from './run.ts'
import { createRepository, filesBelow, isThere } from './testing/repository.ts'
import { listWorktrees, LOCK_REASON } from './worktrees.ts'

async function withSession() {
  const repository = await createRepository()
  const root = join(repository.around, 'shop.worktrees')
  const path = join(root, 'login')
  const from = await repository.oid('HEAD')
  await addWorktree(repository.git, repository.trusted, { path, branch: 'sluice/login', from })
  return { ...repository, root, session: path, from, trash: join(root, '.sluice-trash') }
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
  const stubborn = {
    run: (run: Parameters<typeof git.run>[0]) =>
      run.args.includes('remove')
        ? Promise.resolve({ code: 128, stdout: Buffer.alloc(0), stderr: 'fatal: no\n', truncated: false })
        : git.run(run),
  }
  const result = await discardWorktree(stubborn, trusted, { path: session, root })
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
