/** Facts about a rebase that is only tried: it comes to what the real one comes to, and leaves nothing. */

import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDetachedWorktree } from './add-worktree.ts'
import type { Oid } from './names.ts'
import { rebase, type Rebased } from './rebase.ts'
import { mergeBase } from './refs.ts'
import { createTrap } from './testing/hostile.ts'
import { createRepository, type TestRepository } from './testing/repository.ts'
import { trialRebase } from './trial-rebase.ts'

const LINES = Array.from({ length: 12 }, (_none, at) => `${at + 1}\n`)
const lines = (line: number, text: string): string => LINES.map((one, at) => (at + 1 === line ? `${text}\n` : one)).join('')

/** A target that changed line 6, and a branch that is what the commits make of it. */
async function scene(
  ...commits: readonly Readonly<Record<string, string>>[]
): Promise<TestRepository & { head: Oid; onto: Oid }> {
  const repository = await createRepository()
  await repository.commit('numbers', { 'numbers.txt': LINES.join(''), 'apart.txt': 'apart\n' })
  await repository.raw('switch', '--quiet', '--create', 'work')
  for (const files of commits) await repository.commit('work', files)
  const head = await repository.oid('work')
  await repository.raw('switch', '--quiet', 'main')
  const onto = await repository.commit('theirs', { 'numbers.txt': lines(6, 'theirs') })
  return { ...repository, head, onto }
}

async function both({ git, trusted, around, head, onto }: Awaited<ReturnType<typeof scene>>) {
  const base = await mergeBase(git, trusted, onto, head)
  const tried = await trialRebase(git, trusted, { branchHead: head, onto, base })
  const path = join(around, `scratch-${crypto.randomUUID()}`)
  const added = await addDetachedWorktree(git, trusted, { path, commit: head })
  if (!added.ok) throw new Error(added.failure.message)
  const real = await rebase(git, { path, trusted: true }, { branchHead: head, onto })
  return { tried, real }
}

const CASES: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'work beside it': [{ 'new.txt': 'new\n' }, { 'numbers.txt': lines(12, 'mine') }],
  'work on the same line': [{ 'numbers.txt': lines(6, 'mine') }],
  'a detour over the same line': [{ 'numbers.txt': lines(6, 'mine') }, { 'numbers.txt': LINES.join(''), 'x.txt': 'x\n' }],
  'the same change': [{ 'numbers.txt': lines(6, 'theirs') }],
  'an empty commit': [{}],
  'a change that was taken back': [{ 'apart.txt': 'other\n' }, { 'apart.txt': 'apart\n' }],
  'a note in a folder where the target has a file': [{ 'folder/a.txt': 'a\n', 'numbers.txt': lines(7, 'mine') }],
}

for (const [what, commits] of Object.entries(CASES)) {
  test(`${what}: the trial ends as the rebase does`, async () => {
    const { tried, real } = await both(await scene(...commits))
    const shape = (end: Rebased): unknown => [end.kind, end.kind === 'conflicts' ? end.files : []]
    expect(shape(tried)).toEqual(shape(real))
  })
}

test('nothing is written into the repository, no program of it runs, and no folder is left', async () => {
  const repository = await scene({ 'numbers.txt': lines(6, 'mine'), '.gitattributes': '* filter=evil merge=evil\n' })
  const trap = await createTrap()
  for (const key of ['filter.evil.clean', 'filter.evil.smudge', 'merge.evil.driver', 'core.fsmonitor', 'core.editor'])
    await repository.raw('config', key, trap.script)
  await repository.raw('config', 'core.hooksPath', trap.script)
  const { git, trusted, path, head, onto } = repository
  const state = async (): Promise<unknown> => [
    await repository.raw('count-objects', '-v'),
    await repository.raw('for-each-ref'),
    await readdir(join(path, '.git')),
  ]
  const before = await state()
  const base = await mergeBase(git, trusted, onto, head)
  expect((await trialRebase(git, trusted, { branchHead: head, onto, base })).kind).not.toBe('failed')
  expect(await state()).toEqual(before)
  expect(await trap.sprung()).toEqual([])
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(`sluice-merge-${process.pid}-`))).toEqual([])
})
