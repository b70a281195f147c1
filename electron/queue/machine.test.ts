import { describe, expect, test } from 'vitest'
import { decide, entryOf, evolve, inLandingOrder, isInHand, next, type QueueCommand } from './machine.ts'
import { EMPTY_QUEUE, type Queue, type QueueFact } from './facts.ts'

const AT = '2026-11-21T00:00:00.000Z'
const oidOf = (n: number): string => n.toString(16).padStart(40, '0')

function obey(queue: Queue, ...commands: readonly QueueCommand[]): Queue {
  return commands.reduce((before, command) => {
    const decided = decide(before, command)
    if (!decided.ok) throw new Error(`${command.kind}: ${decided.failure.message}`)
    return decided.value.reduce((queue, fact) => evolve(queue, fact, AT), before)
  }, queue)
}

const add = (session: string, head = oidOf(1)): QueueCommand => ({ kind: 'add', session, head })
const TARGET = oidOf(7)
const REBASED = oidOf(8)

function checking(): Queue {
  return obey(
    EMPTY_QUEUE,
    add('a'),
    { kind: 'rebase-started', session: 'a', branch: 'main', target: TARGET },
    { kind: 'rebased', session: 'a', target: TARGET, rebased: REBASED },
  )
}

describe('the landing queue', () => {
  test('an entry goes from waiting to landed through a rebase and a passed check', () => {
    const landing = obey(checking(), { kind: 'checks-passed', session: 'a', target: TARGET, rebased: REBASED })
    expect(next(landing, ['a'])).toEqual({
      kind: 'land',
      session: 'a',
      head: oidOf(1),
      branch: 'main',
      target: TARGET,
      rebased: REBASED,
    })
    const landed = obey(landing, { kind: 'landed', session: 'a', before: TARGET, after: REBASED })
    expect(entryOf(landed, 'a')?.phase).toEqual({ kind: 'landed', before: TARGET, after: REBASED })
    expect(next(landed, ['a'])).toBeNull()
  })

  test('the leftmost waiting session goes first, whoever was added first', () => {
    const queue = obey(EMPTY_QUEUE, add('a'), add('b'), add('c'))
    expect(next(queue, ['c', 'a', 'b'])).toMatchObject({ kind: 'rebase', session: 'c' })
  })

  test('a blocked entry lets the next one move', () => {
    const queue = obey(EMPTY_QUEUE, add('a'), add('b'), {
      kind: 'hindered',
      session: 'a',
      head: oidOf(1),
      why: 'dirty',
      message: 'x',
      files: ['f'],
    })
    expect(next(queue, ['a', 'b'])).toMatchObject({ session: 'b' })
  })

  test('only one entry is in hand at a time', () => {
    const queue = obey(checking(), add('b'))
    expect(next(queue, ['b', 'a'])).toMatchObject({ kind: 'check', session: 'a' })
    expect(decide(queue, { kind: 'rebase-started', session: 'b', branch: 'main', target: TARGET })).toMatchObject({ ok: false })
  })

  test('a landing of another commit or on another target than the checked one is refused', () => {
    const landing = obey(checking(), { kind: 'checks-passed', session: 'a', target: TARGET, rebased: REBASED })
    expect(decide(landing, { kind: 'landed', session: 'a', before: oidOf(9), after: REBASED }).ok).toBe(false)
    expect(decide(landing, { kind: 'landed', session: 'a', before: TARGET, after: oidOf(9) }).ok).toBe(false)
  })

  test('a check report of another commit is refused', () => {
    expect(decide(checking(), { kind: 'checks-passed', session: 'a', target: TARGET, rebased: oidOf(9) }).ok).toBe(false)
  })

  test('a report about an entry that was taken out and added again is not obeyed', () => {
    const conflict = { kind: 'blocked', session: 'a', why: 'conflicts', message: 'x', files: ['f'] } as const
    const again = obey(checking(), { kind: 'remove', session: 'a' }, add('a', oidOf(2)))
    expect(decide(again, conflict)).toMatchObject({ ok: false, failure: { code: 'out-of-turn' } })
    expect(decide(again, { ...conflict, kind: 'hindered', head: oidOf(1) }).ok).toBe(false)
  })

  test('an entry cannot be taken out while it lands', () => {
    const landing = obey(checking(), { kind: 'checks-passed', session: 'a', target: TARGET, rebased: REBASED })
    expect(decide(landing, { kind: 'remove', session: 'a' })).toMatchObject({ ok: false, failure: { code: 'landing' } })
  })

  test('the list shows what is under way in cascade order, then blocked ones, then the newest landing', () => {
    let queue = obey(EMPTY_QUEUE, add('a'), add('b'), add('c'))
    queue = evolve(queue, { kind: 'landed', session: 'b', before: TARGET, after: REBASED }, AT)
    queue = obey(queue, { kind: 'hindered', session: 'a', head: oidOf(1), why: 'dirty', message: 'x', files: [] })
    expect(inLandingOrder(queue, ['a', 'b', 'c']).map((entry) => entry.session)).toEqual(['c', 'a', 'b'])
  })
})

/** A small seeded generator (mulberry32): a failing run can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

function anyCommand(pick: (below: number) => number): QueueCommand {
  const session = ['a', 'b', 'c'][pick(3)]!
  const target = oidOf(pick(8) === 0 ? 1 : 0)
  const rebased = oidOf(pick(8) === 0 ? 11 : 10)
  const commands: readonly QueueCommand[] = [
    { kind: 'add', session, head: oidOf(20 + pick(2)) },
    { kind: 'retry', session, head: oidOf(20) },
    { kind: 'rebase-started', session, branch: 'main', target },
    { kind: 'rebased', session, target, rebased },
    { kind: 'checks-passed', session, target, rebased },
    { kind: 'landed', session, before: target, after: rebased },
    pick(3) === 0
      ? { kind: 'blocked', session, why: 'checks', message: 'x', files: [] }
      : { kind: 'add', session, head: oidOf(20) },
    pick(3) === 0 ? { kind: 'restart', session, message: 'x' } : { kind: 'rebased', session, target, rebased },
    pick(3) === 0 ? { kind: 'remove', session } : { kind: 'checks-passed', session, target, rebased },
  ]
  return commands[pick(commands.length)]!
}

describe('over random commands', () => {
  test('nothing lands that was not checked as that very commit on that very target, and replay gives the same queue', () => {
    const landings: { checked: unknown; last: unknown }[] = []
    for (let seed = 0; seed < 400; seed += 1) {
      const pick = random(seed)
      let queue: Queue = EMPTY_QUEUE
      const history: QueueFact[] = []
      for (let step = 0; step < 120; step += 1) {
        const command = anyCommand(pick)
        const decided = decide(queue, command)
        if (!decided.ok) continue
        for (const fact of decided.value) {
          if (fact.kind === 'landed') {
            const checked = { kind: 'checks-passed', session: fact.session, target: fact.before, rebased: fact.after }
            const last = history.filter((past) => past.session === fact.session).at(-1)
            landings.push({ checked, last })
          }
          queue = evolve(queue, fact, AT)
          history.push(fact)
        }
        expect(queue.entries.filter(isInHand).length).toBeLessThanOrEqual(1)
        for (const entry of queue.entries.filter((one) => one.phase.kind === 'blocked')) {
          expect(decide(queue, { kind: 'retry', session: entry.session, head: entry.head }).ok).toBe(true)
          expect(decide(queue, { kind: 'remove', session: entry.session }).ok).toBe(true)
        }
      }
      expect(history.reduce((before, fact) => evolve(before, fact, AT), EMPTY_QUEUE)).toEqual(queue)
    }
    expect(landings.length).toBeGreaterThan(20)
    expect(landings.map(({ last }) => last)).toEqual(landings.map(({ checked }) => checked))
  })
})
