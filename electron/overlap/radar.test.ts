import { rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Git } from '../git/run.ts'
import { createRepository } from '../git/testing/repository.ts'
import { createLog } from '../kit/log.ts'
import type { Overlap } from '../../shared/model/overlap.ts'
import type { Member } from './decide.ts'
import { createRadar } from './radar.ts'

/** Two sessions that clash in `README.md`, under a radar. */
async function clashing() {
  const repository = await createRepository()
  const { raw, commit, oid, trusted } = repository
  const target = await oid('main')
  const members: Member[] = []
  for (const name of ['a', 'b']) {
    await raw('checkout', '--quiet', '-b', name, target)
    members.push({ id: `id-${name}`, name, branch: name, head: await commit(name, { 'README.md': `${name}\n` }), scope: [] })
  }
  const subject = { checkout: trusted, target, members: [...members] }
  const logged: string[] = []
  let runs = 0
  let looks = 0
  let hold = (): Promise<unknown> => Promise.resolve()
  const git: Git = {
    async run(request) {
      runs += 1
      if (request.args.includes('for-each-ref')) looks += 1
      await hold()
      return repository.git.run(request)
    },
  }
  const radar = createRadar({
    git,
    log: createLog({ write: (line) => logged.push(line) }, () => new Date(0)),
    subject: () => ({ ...subject, members: [...subject.members] }),
  })
  onTestFinished(() => radar.close())
  const told: Overlap[] = []
  radar.onChange((overlap) => told.push(overlap))
  const next = (): Promise<Overlap> => new Promise((resolve) => radar.onChange(resolve))
  return {
    ...repository,
    subject,
    radar,
    told,
    logged,
    next,
    runs: () => runs,
    looks: () => looks,
    holdWith: (work: typeof hold) => (hold = work),
  }
}

const CLASH = { a: 'a', b: 'b', files: ['README.md'], kind: 'clash' } as const

test('a clash is told once, and poking without news asks git nothing and tells nothing', async () => {
  const { radar, subject, told, runs, next } = await clashing()
  const first = next()
  radar.poke()
  expect(await first).toEqual({ pairs: [CLASH], outOfScope: [] })
  const before = runs()
  for (let n = 0; n < 50; n += 1) radar.poke()
  await setImmediate()
  expect([runs() - before, told.length]).toEqual([0, 1])
  // The radar was listening all the while.
  subject.members = subject.members.map((member) => ({ ...member, name: `${member.name}2` }))
  radar.poke()
  await setImmediate()
  expect([runs() - before, told.length]).toEqual([0, 2])
})

test('a new name, another order and a new scope are shown without asking git', async () => {
  const { radar, subject, runs, next } = await clashing()
  await radar.fresh()
  const before = runs()
  const [a, b] = subject.members
  subject.members = [
    { ...b!, scope: ['docs'] },
    { ...a!, name: 'login' },
  ]
  const told = next()
  radar.poke()
  expect(await told).toEqual({
    pairs: [{ ...CLASH, a: 'b', b: 'login' }],
    outOfScope: [{ session: 'b', files: ['README.md'] }],
  })
  expect(runs()).toBe(before)
})

test('many wishes during a look are one more look, and the last state wins', async () => {
  const { radar, subject, told, looks, holdWith, raw, commit } = await clashing()
  let release: () => void = () => undefined
  const reached = new Promise<void>((reach) => {
    holdWith(() => {
      reach()
      return new Promise<void>((resolve) => (release = resolve))
    })
  })
  radar.poke()
  await reached
  await raw('checkout', '--quiet', 'b')
  await raw('reset', '--quiet', '--hard', 'main')
  const head = await commit('b', { 'other.txt': 'b\n' })
  subject.members = subject.members.map((member) => (member.name === 'b' ? { ...member, head } : member))
  for (let n = 0; n < 20; n += 1) radar.poke()
  holdWith(() => Promise.resolve())
  release()
  expect(await radar.fresh()).toEqual({ pairs: [], outOfScope: [] })
  expect([looks(), told]).toEqual([2, []])
})

test('a fresh answer has a commit that nobody has told of yet', async () => {
  const { radar, raw, commit } = await clashing()
  expect((await radar.fresh()).pairs).toEqual([CLASH])
  await raw('checkout', '--quiet', 'a')
  await raw('reset', '--quiet', '--hard', 'main')
  await commit('a', { 'other.txt': 'a\n' })
  expect((await radar.fresh()).pairs).toEqual([])
})

test('a repository that is gone is logged once and leaves the last truth', async () => {
  const { radar, subject, logged, path } = await clashing()
  await radar.fresh()
  await rm(path, { recursive: true })
  const [a] = subject.members
  subject.members = [a!, { ...subject.members[1]!, head: '1'.repeat(40) }]
  radar.poke()
  radar.poke()
  await radar.fresh()
  expect(radar.view().pairs).toEqual([CLASH])
  expect(logged.filter((line) => line.includes('"fault"'))).toEqual([])
  expect(logged).toHaveLength(1)
})

test('closing during a look ends it, tells nothing and logs nothing', async () => {
  const { radar, told, logged, holdWith } = await clashing()
  const closing = new Promise<void>((resolve) => {
    holdWith(() => {
      resolve()
      return Promise.resolve()
    })
  })
  radar.poke()
  await closing
  await radar.close()
  radar.poke()
  expect([told, logged]).toEqual([[], []])
})
