/** Facts about the projection: nothing lost, nothing twice, one snapshot for a gap. */

import { describe, expect, test } from 'vitest'
import type { Change, Changes, Snapshot } from '../../shared/contract.ts'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import { UNKNOWN_MACHINE } from '../../shared/model/machine.ts'
import { NO_OVERLAP } from '../../shared/model/overlap.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { answered, NOTHING_YET, opened, received, unanswered, type Projection, type Step } from './projection.ts'

const repository = { id: 'r1', path: '/shop', name: 'shop', trusted: true, target: null, risks: [] }
const snapshot = (seq: number, over: Partial<Snapshot> = {}): Snapshot => ({
  seq,
  version: '0.1.0',
  repository,
  recent: [],
  config: DEFAULT_CONFIG,
  settings: DEFAULT_SETTINGS,
  sessions: [],
  queue: [],
  overlap: NO_OVERLAP,
  machine: UNKNOWN_MACHINE,
  shells: [],
  notices: [],
  ...over,
})
const note = (n: number): Change => ({ kind: 'notice', notice: { id: `n${n}`, message: `Change ${n}.` } })
const batch = (first: number, ...changes: readonly Change[]): Changes => ({ first, changes })
const output = (text: string): Change => ({ kind: 'check-output', session: 'docs', text })
const entry = (phase: Entry['phase']): Entry => ({ session: 'docs', phase, since: '2026-11-21T10:00:00Z' })
const live = (seq: number, over: Partial<Snapshot> = {}): Projection =>
  answered(opened(NOTHING_YET).projection, snapshot(seq, over)).projection
const seen = (step: Step): readonly string[] => step.projection.view?.notices.map((notice) => notice.id) ?? []

describe('the order of changes', () => {
  test('the next batch is folded in', () => {
    const step = received(live(4), batch(5, note(5), note(6)))
    expect(seen(step)).toEqual(['n5', 'n6'])
    expect(step).toMatchObject({ ask: false, projection: { seq: 6 } })
  })

  test('a change that the snapshot already contains is dropped, also in the middle of a batch', () => {
    expect(seen(received(live(4), batch(3, note(3), note(4))))).toEqual([])
    expect(seen(received(live(4), batch(4, note(4), note(5))))).toEqual(['n5'])
  })

  test('a gap asks for exactly one snapshot, and what came meanwhile is folded in after it', () => {
    const first = received(live(4), batch(7, note(7)))
    expect(first.ask).toBe(true)
    const second = received(first.projection, batch(8, note(8)))
    expect(second.ask).toBe(false)
    const end = answered(second.projection, snapshot(7))
    expect(end).toMatchObject({ ask: false, projection: { seq: 8, asking: false, held: [] } })
    expect(seen(end)).toEqual(['n8'])
  })

  test('a gap behind the snapshot itself asks again', () => {
    const held = received(opened(NOTHING_YET).projection, batch(9, note(9)))
    expect(answered(held.projection, snapshot(4))).toMatchObject({ ask: true, projection: { seq: 4, asking: true } })
  })

  test('changes before the first snapshot are held, not lost', () => {
    const held = received(opened(NOTHING_YET).projection, batch(5, note(5)))
    expect(held.ask).toBe(false)
    expect(seen(answered(held.projection, snapshot(4)))).toEqual(['n5'])
  })

  test('a reconnection forgets what was held and asks anew; a House that starts counting again is believed', () => {
    const again = opened(received(live(40), batch(50, note(50))).projection)
    expect(again).toMatchObject({ ask: true, projection: { held: [], asking: true } })
    expect(answered(again.projection, snapshot(2)).projection.seq).toBe(2)
  })

  test('an unanswered question is asked again by the next gap', () => {
    const lost = unanswered(received(live(4), batch(7, note(7))).projection)
    expect(received(lost, batch(8, note(8))).ask).toBe(true)
  })

  test('any way of cutting and repeating a stream of changes ends the same', () => {
    const all = Array.from({ length: 12 }, (_, index) => note(index + 1))
    for (let cut = 1; cut <= all.length; cut += 1) {
      for (let repeat = 0; repeat <= cut; repeat += 1) {
        const one = received(live(0), batch(1, ...all.slice(0, cut)))
        const two = received(one.projection, batch(1 + cut - repeat, ...all.slice(cut - repeat)))
        expect(seen(two)).toEqual(all.map((_, index) => `n${index + 1}`))
      }
    }
  })
})

describe('what changes do', () => {
  test('another repository asks for its sessions and queue', () => {
    const other = { ...repository, id: 'r2' }
    expect(received(live(1), batch(2, { kind: 'repository', repository: other, config: DEFAULT_CONFIG })).ask).toBe(true)
    expect(received(live(1), batch(2, { kind: 'repository', repository, config: DEFAULT_CONFIG })).ask).toBe(false)
  })

  test('check output grows, and a new run starts an empty log', () => {
    const running = received(live(1, { queue: [entry('checking')] }), batch(2, output('one\n'), output('two\n')))
    expect(running.projection.view?.logs).toEqual({ docs: 'one\ntwo\n' })
    const failed = received(running.projection, batch(4, { kind: 'queue', entries: [entry('blocked')] }))
    expect(failed.projection.view?.logs).toEqual({ docs: 'one\ntwo\n' })
    const retried = received(failed.projection, batch(5, { kind: 'queue', entries: [entry('rebasing')] }))
    expect(retried.projection.view?.logs).toEqual({})
  })

  test('a new snapshot starts a new generation with no streamed output, because some may be missing', () => {
    const running = received(live(1), batch(2, output('one\n'))).projection
    const again = answered(opened(running).projection, snapshot(9)).projection
    expect(again.view).toMatchObject({ logs: {}, generation: 2 })
  })
})
