import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository, type TestRepository } from '../git/testing/repository.ts'
import { completeBase, fit, lookAtBase } from './bases.ts'

/** A repository whose origin is two commits ahead of its main, as last fetched. */
async function behindOrigin(): Promise<TestRepository> {
  const repository = await createRepository()
  const { raw, rawIn, around, path } = repository
  const origin = join(around, 'origin')
  await raw('clone', '--quiet', path, origin)
  for (const message of ['two', 'three'])
    await rawIn(origin, '-c', 'user.name=B', '-c', 'user.email=b@c', 'commit', '--quiet', '--allow-empty', '-m', message)
  await raw('remote', 'add', 'origin', origin)
  await raw('fetch', '--quiet', 'origin')
  return repository
}

test('a local branch says how far it is behind the one of its name at origin, and since when that is known', async () => {
  const { git, trusted, oid, path } = await behindOrigin()
  const { mtime } = await stat(join(path, '.git/FETCH_HEAD'))
  expect(await lookAtBase(git, trusted, 'main')).toEqual({
    ok: true,
    value: {
      name: 'main',
      head: await oid('main'),
      subject: 'first',
      behind: { of: 'origin/main', commits: 2, fetchedAt: mtime.toISOString() },
    },
  })
})

test('the upstream that was set counts before origin; one that is gone does not', async () => {
  const { git, trusted, raw, commit } = await behindOrigin()
  await raw('switch', '--quiet', '-c', 'release')
  await commit('release work')
  await raw('switch', '--quiet', 'main')
  await raw('config', 'branch.main.remote', '.')
  await raw('config', 'branch.main.merge', 'refs/heads/release')
  expect(await lookAtBase(git, trusted, 'main')).toMatchObject({ value: { behind: { of: 'release', commits: 1 } } })
  await raw('branch', '-D', 'release')
  expect(await lookAtBase(git, trusted, 'main')).toMatchObject({ value: { behind: { of: 'origin/main', commits: 2 } } })
})

test('remote branches, tags and commits say nothing of being behind', async () => {
  const { git, trusted, raw, oid } = await behindOrigin()
  await raw('tag', '-a', 'v1.2', '-m', 'a release', 'main')
  const head = await oid('main')
  const later = await oid('origin/main')
  expect(await lookAtBase(git, trusted, 'origin/main')).toEqual({
    ok: true,
    value: { name: 'origin/main', head: later, subject: 'three' },
  })
  expect(await lookAtBase(git, trusted, 'v1.2')).toEqual({ ok: true, value: { name: 'v1.2', head, subject: 'first' } })
  expect(await lookAtBase(git, trusted, head)).toEqual({ ok: true, value: { name: head.slice(0, 12), head, subject: 'first' } })
})

test('a branch that follows nothing says nothing of being behind, and what names nothing is refused', async () => {
  const { git, trusted, oid } = await createRepository()
  expect(await lookAtBase(git, trusted, 'main')).toEqual({
    ok: true,
    value: { name: 'main', head: await oid('main'), subject: 'first' },
  })
  for (const typed of ['nothing', '--all', 'main~1', 'a..b'])
    expect(await lookAtBase(git, trusted, typed)).toMatchObject({ failure: { code: 'bad-ref' } })
})

test('names that continue what was typed: the target, then from the start, then from a later part', async () => {
  const { git, trusted, raw } = await behindOrigin()
  await raw('branch', 'sluice/maintenance')
  await raw('branch', 'domain')
  await raw('tag', 'maker')
  await raw('remote', 'set-head', 'origin', 'main')
  const names = await completeBase(git, trusted, 'ma', 'main')
  expect(names.slice(0, 2)).toEqual(['main', 'maker'])
  expect(names.slice(2, 4).toSorted()).toEqual(['origin/main', 'sluice/maintenance'])
  expect(names.slice(4)).toEqual(['domain'])
  expect(await completeBase(git, trusted, 'zzz', 'main')).toEqual([])
  expect(await completeBase(git, trusted, '', 'domain')).toContain('origin/main')
})

test('how well a name fits ignores case and knows the parts of a name', () => {
  expect(fit('Feature/Login', 'fea')).toBe(0)
  expect(fit('Feature/Login', 'log')).toBe(1)
  expect(fit('Feature/Login', 'gin')).toBe(2)
  expect(fit('Feature/Login', 'x')).toBe(null)
})
