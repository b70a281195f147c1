import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GitError } from '../git/failure.ts'
import type { Git } from '../git/run.ts'
import type { Oid } from '../git/names.ts'
import { createRepository } from '../git/testing/repository.ts'
import { decide, type Facts, type Member, NO_FACTS } from './decide.ts'
import { createLook } from './look.ts'

const LINES = Array.from({ length: 20 }, (_, line) => `line ${line}\n`)

/** A text of twenty lines with some of them replaced. */
const lines = (changes: Readonly<Record<number, string>>): string =>
  LINES.map((line, at) => (at in changes ? `${changes[at]}\n` : line)).join('')

async function sessions() {
  const repository = await createRepository()
  const { git, raw, commit, oid, trusted } = repository
  await commit('start', { 'a.txt': lines({}), 'b.txt': lines({}), 'c.txt': lines({}) })
  const members: Member[] = []
  const refusals: GitError[] = []
  let runs = 0
  const counting: Git = {
    run(request) {
      runs += 1
      return git.run(request)
    },
  }
  let ask = counting
  const look = createLook({ run: (request) => ask.run(request) }, (error) => refusals.push(error))
  let facts: Facts = NO_FACTS

  /** A commit on a session's branch, which parts from `from` when it is new. */
  async function work(name: string, files: Readonly<Record<string, string>>, from = 'main'): Promise<Oid> {
    const known = members.some((member) => member.name === name)
    await (known ? raw('checkout', '--quiet', name) : raw('checkout', '--quiet', '-b', name, from))
    if (!known) members.push({ id: `id-${members.length}`, name, branch: name, head: '', scope: [] })
    const head = await commit(name, files)
    await raw('checkout', '--quiet', 'main')
    return head
  }
  return {
    ...repository,
    members,
    refusals,
    work,
    /** The pairs after a look, as short texts. */
    async pairs(): Promise<readonly string[]> {
      facts = await look({ checkout: trusted, target: await oid('main'), members }, facts)
      return decide(members, facts, new Map()).pairs.map(({ a, b, kind, files }) => `${a} ${b} ${kind} ${files.join(' ')}`)
    },
    facts: () => facts,
    /** How many processes that took. */
    async cost(work: () => Promise<unknown>): Promise<number> {
      const before = runs
      await work()
      return runs - before
    },
    /** From now on git crashes on what this says. */
    crash(crashed: (args: readonly string[]) => boolean) {
      ask = {
        run: (request) =>
          crashed(request.args) ? Promise.reject(new GitError('crashed', 'Git itself crashed.')) : counting.run(request),
      }
    },
    /** From now on git refuses what this says. */
    refuse(refused: (args: readonly string[]) => boolean) {
      ask = {
        run: (request) =>
          refused(request.args)
            ? Promise.resolve({ code: 128, stdout: Buffer.alloc(0), stderr: 'fatal: no', truncated: false })
            : git.run(request),
      }
    },
  }
}

test('a real clash is one, the same file edited apart is a note, and apart is nothing', async () => {
  const { work, pairs } = await sessions()
  await work('a', { 'a.txt': lines({ 5: 'A' }), 'b.txt': lines({ 0: 'A' }) })
  await work('b', { 'a.txt': lines({ 5: 'B' }) })
  await work('c', { 'b.txt': lines({ 19: 'C' }) })
  expect(await pairs()).toEqual(['a b clash a.txt', 'a c same-file b.txt'])
})

test('a session that is behind clashes with the target, and not with those who merely have what the target has', async () => {
  const { work, commit, pairs } = await sessions()
  await work('old', { 'a.txt': lines({ 5: 'old' }), 'b.txt': lines({ 0: 'old' }) })
  await commit('landed', { 'a.txt': lines({ 5: 'landed' }) })
  await work('young', { 'c.txt': lines({ 5: 'young' }) })
  await work('near', { 'a.txt': lines({ 5: 'landed', 15: 'near' }), 'b.txt': lines({ 0: 'near' }) })
  expect(await pairs()).toEqual(['old near clash b.txt', 'old target clash a.txt'])
})

test('a session started from another one does not overlap with it by what both have', async () => {
  const { work, pairs } = await sessions()
  await work('base', { 'a.txt': lines({ 5: 'base' }), 'b.txt': lines({ 5: 'base' }) })
  await work('top', { 'c.txt': lines({ 5: 'top' }) }, 'base')
  expect(await pairs()).toEqual([])
  await work('base', { 'a.txt': lines({ 5: 'base again' }) })
  await work('top', { 'a.txt': lines({ 5: 'base', 15: 'top' }) })
  expect(await pairs()).toEqual(['base top same-file a.txt'])
})

test('a folder that one moved and the other adds to clashes without a path in common', async () => {
  const { work, raw, commit, pairs } = await sessions()
  await commit('folder', { 'old/x.txt': lines({}) })
  await work('adds', { 'old/y.txt': 'y\n' })
  await work('moves', { 'z.txt': 'z\n' })
  await raw('checkout', '--quiet', 'moves')
  await raw('mv', 'old', 'new')
  await commit('moves')
  await raw('checkout', '--quiet', 'main')
  expect(await pairs()).toEqual(['adds moves clash new/y.txt'])
})

test('what did not change is not asked again, and a move of the target tries only merges with the target', async () => {
  const { work, commit, pairs, cost } = await sessions()
  for (const [at, name] of ['a', 'b', 'c', 'd'].entries()) await work(name, { 'a.txt': lines({ [at * 4]: name }) })
  const first = await cost(pairs)
  expect(await cost(pairs)).toBe(1)
  await work('a', { 'a.txt': lines({ 1: 'again' }) })
  const moved = await cost(pairs)
  expect(moved).toBeLessThan(first)
  await commit('target moves', { 'new.txt': 'x\n' })
  // The branches, and for each session its base and a merge with the target, which takes two.
  expect(await cost(pairs)).toBe(1 + 4 + 4 * 2)
})

test('a session without commits of its own, and one whose branch is gone, are left out', async () => {
  const { work, raw, pairs, facts } = await sessions()
  await work('a', { 'a.txt': lines({ 5: 'A' }) })
  await work('b', { 'a.txt': lines({ 5: 'B' }) })
  await work('gone', { 'a.txt': lines({ 5: 'G' }) })
  expect(await pairs()).toHaveLength(3)
  await raw('branch', '--quiet', '-D', 'gone')
  await raw('branch', '--quiet', '--force', 'b', 'main')
  expect(await pairs()).toEqual([])
  expect([...facts().changed.keys()]).toEqual(['id-0'])
})

test('where git refuses, the last truth stays, and the others go on', async () => {
  const { work, oid, pairs, refuse, refusals } = await sessions()
  await work('a', { 'a.txt': lines({ 5: 'A' }) })
  await work('b', { 'a.txt': lines({ 5: 'B' }) })
  await work('c', { 'c.txt': lines({ 5: 'C' }) })
  expect(await pairs()).toEqual(['a b clash a.txt'])
  await work('b', { 'b.txt': lines({ 5: 'B' }) })
  await work('c', { 'a.txt': lines({ 5: 'C' }) })
  const broken = await oid('b')
  refuse((args) => args.includes('merge-tree') && args.includes(broken))
  expect(await pairs()).toEqual(['a b clash a.txt', 'a c clash a.txt'])
  expect(refusals.map(({ kind }) => kind)).toEqual(['failed', 'failed'])
  refuse(() => false)
  expect(await pairs()).toEqual(['a b clash a.txt', 'a c clash a.txt', 'b c clash a.txt'])
})

test('two commits that git crashed on are not tried again until one of them changes, and it is told once', async () => {
  const { work, oid, pairs, crash, refuse, refusals, cost } = await sessions()
  await work('a', { 'a.txt': lines({ 5: 'A' }) })
  await work('b', { 'a.txt': lines({ 5: 'B' }) })
  await work('c', { 'b.txt': lines({ 5: 'C' }) })
  const [a, b] = [await oid('a'), await oid('b')]
  crash((args) => args.includes('merge-tree') && args.includes(a) && args.includes(b))
  expect(await pairs()).toEqual([])
  expect(refusals.map(({ kind }) => kind)).toEqual(['crashed'])
  // The branches, and nothing else.
  expect(await cost(pairs)).toBe(1)
  expect(refusals).toHaveLength(1)
  refuse(() => false)
  await work('c', { 'c.txt': lines({ 5: 'C' }) })
  expect(await pairs()).toEqual([])
  await work('b', { 'c.txt': lines({ 15: 'B' }) })
  expect(await pairs()).toEqual(['a b clash a.txt', 'b c same-file c.txt'])
})

test('a head whose objects are lost keeps what was known of it', async () => {
  const { work, path, pairs, refusals } = await sessions()
  await work('a', { 'a.txt': lines({ 5: 'A' }) })
  const b = await work('b', { 'a.txt': lines({ 5: 'B' }) })
  expect(await pairs()).toEqual(['a b clash a.txt'])
  await rm(join(path, '.git/objects', b.slice(0, 2), b.slice(2)))
  await work('a', { 'a.txt': lines({ 5: 'A again' }) })
  expect(await pairs()).toEqual(['a b clash a.txt'])
  expect(refusals.length).toBeGreaterThan(0)
})

test('without a target there is nothing to say', async () => {
  const { work, git, trusted, members } = await sessions()
  await work('a', { 'a.txt': 'x\n' })
  expect(await createLook(git, () => undefined)({ checkout: trusted, target: null, members }, NO_FACTS)).toEqual(NO_FACTS)
})
