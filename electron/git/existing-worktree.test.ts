import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { dropStaleRegistration, followMoved, remakeWorktree } from './existing-worktree.ts'
import { movedBeside, registrationsOf } from './registrations.ts'
import { createRepository, type TestRepository } from './testing/repository.ts'
import { listWorktrees, LOCK_REASON } from './worktrees.ts'

type Made = TestRepository & { readonly at: string; registered(): Promise<readonly string[]> }

/** A repository with a worktree of ours, on `sluice/a`. */
async function made(): Promise<Made> {
  const repository = await createRepository()
  const { git, trusted, around, oid } = repository
  const at = join(around, 'w', 'a')
  const added = await addWorktree(git, trusted, { path: at, branch: 'sluice/a', from: await oid('main') })
  if (!added.ok) throw new Error(added.failure.message)
  const registered = async () => (await listWorktrees(git, trusted)).filter(({ main }) => !main).map(({ path }) => path)
  return { ...repository, at, registered }
}

test('a registration of ours whose folder is gone is dropped, and its branch stays', async () => {
  const { git, trusted, at, registered, raw } = await made()
  expect(await dropStaleRegistration(git, trusted, at)).toBe(false)
  await rm(at, { recursive: true })
  expect(await dropStaleRegistration(git, trusted, at)).toBe(true)
  expect(await registered()).toEqual([])
  expect(await raw('branch', '--list', 'sluice/a')).not.toBe('')
  expect(await dropStaleRegistration(git, trusted, at)).toBe(true)
})

test('one that somebody else locked, that was moved beside its place, or that is on no branch stays', async () => {
  const locked = await made()
  await locked.raw('worktree', 'unlock', locked.at)
  await locked.raw('worktree', 'lock', '--reason', 'on a stick', locked.at)
  await rm(locked.at, { recursive: true })
  expect(await dropStaleRegistration(locked.git, locked.trusted, locked.at)).toBe(false)
  expect(await locked.registered()).toEqual([locked.at])

  const moved = await made()
  await rename(moved.at, `${moved.at}-moved`)
  expect(await dropStaleRegistration(moved.git, moved.trusted, moved.at)).toBe(false)
  const [registration] = await registrationsOf(moved.trusted)
  expect(await movedBeside(registration!)).toBe(`${moved.at}-moved`)
  await followMoved(moved.git, moved.trusted, `${moved.at}-moved`)
  expect(await moved.registered()).toEqual([`${moved.at}-moved`])

  const loose = await made()
  await loose.rawIn(loose.at, 'switch', '--quiet', '--detach')
  await rm(loose.at, { recursive: true })
  expect(await dropStaleRegistration(loose.git, loose.trusted, loose.at)).toBe(false)
})

test('a worktree is made again on its branch, locked, unless something is in its place', async () => {
  const { git, trusted, at, rawIn } = await made()
  await rawIn(at, 'commit', '--quiet', '--allow-empty', '-m', 'work')
  const head = await rawIn(at, 'rev-parse', 'HEAD')
  await rm(at, { recursive: true })
  await writeFile(at, 'in the way')
  expect(await remakeWorktree(git, trusted, { path: at, branch: 'sluice/a' })).toMatchObject({
    failure: { code: 'folder-exists' },
  })
  await rm(at)
  expect(await remakeWorktree(git, trusted, { path: at, branch: 'sluice/a' })).toEqual({ ok: true, value: undefined })
  expect((await listWorktrees(git, trusted))[1]).toMatchObject({ path: at, branch: 'sluice/a', head, locked: LOCK_REASON })
  await rm(at, { recursive: true })
  expect(await remakeWorktree(git, trusted, { path: at, branch: 'main' })).toMatchObject({ failure: { code: 'git-failed' } })
})
