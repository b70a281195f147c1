/** kill -9 of the host, at every command of git that writes, before it and after it, and at random times: nothing is lost or left half done. */

import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { wrongAfter } from './judging.ts'
import { play, type Way } from './playing.ts'
import { firstOf, makeScene, type Scene, SEED, STRIDE } from './scene.ts'

const scenes: Scene[] = []
afterEach(async () => {
  for (const { folder } of scenes.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

type Round = { readonly ended: boolean; readonly wrong: readonly string[] }

async function round(way: Way): Promise<Round> {
  const scene = await makeScene()
  scenes.push(scene)
  const { precious, ended, said } = await play(scene, way)
  const wrong = await wrongAfter(scene, precious)
  return { ended, wrong: wrong.length === 0 ? [] : [`${JSON.stringify(way)}:`, ...wrong, ...said.slice(-3)] }
}

test.each(['before', 'after'] as const)(
  'at each command of git that writes, just %s it',
  { timeout: 1_800_000 },
  async (kind) => {
    const wrong: string[] = []
    let ended = false
    for (let at = firstOf(kind); !ended; at += 2 * STRIDE) {
      const pair = await Promise.all([at, at + STRIDE].map((place) => round({ strike: { kind, at: place } })))
      for (const one of pair) wrong.push(...one.wrong)
      ended = pair.some((one) => one.ended)
      expect(at).toBeLessThan(200)
    }
    expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
  },
)

/** A generator of numbers below 1 that gives the same ones for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test('at random times', { timeout: 3_600_000 }, async () => {
  const random = randomOf(SEED)
  const rounds = Number(process.env['FAULT_ROUNDS'] ?? 6)
  const wrong: string[] = []
  for (let done = 0; done < rounds; done += 2) {
    const pair = await Promise.all([round({ killAfter: random() * 3000 }), round({ killAfter: random() * 3000 })])
    for (const one of pair) wrong.push(...one.wrong)
  }
  expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
})
