/** The user's own git, between any two of Sluice's commands: nothing of theirs is lost, nothing half done, and what is refused says why. */

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { wrongAfter } from './judging.ts'
import type { Precious } from './life.ts'
import { play } from './playing.ts'
import { firstOf, makeScene, type Scene, SEED, STRIDE } from './scene.ts'

const scenes: Scene[] = []
afterEach(async () => {
  for (const { folder } of scenes.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

const linesOf = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')

type Round = { readonly reached: boolean; readonly done: boolean; readonly wrong: readonly string[] }

async function round(action: string, at: number): Promise<Round> {
  const scene = await makeScene()
  scenes.push(scene)
  const { precious, refused, said } = await play(scene, { strike: { kind: 'user', at, action }, mend: 'nothing' })
  const faults = join(scene.folder, 'faults')
  const commits: readonly Precious[] = (await linesOf(join(faults, 'commits'))).map((what) => ({ kind: 'commit', what }))
  const wrong = [
    ...said.filter((line) => line.includes('"fault') || line.includes('    at ')),
    ...refused.filter((sentence) => !/[.!]$/u.test(sentence.trim())).map((sentence) => `no sentence: ${sentence}`),
    ...(await wrongAfter(scene, [...(action === 'amend' ? [] : precious), ...commits])),
  ]
  const [counted, done] = [await linesOf(join(faults, 'count')), await linesOf(join(faults, 'done'))]
  await rm(scene.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  return {
    reached: counted.length >= at,
    done: done.length > 0,
    wrong: wrong.length === 0 ? [] : [`${action} before command ${at}:`, ...wrong, ...refused, ...said.slice(-3)],
  }
}

const ACTIONS = ['commit', 'target', 'switch', 'stash', 'amend', 'gc'] as const

/** In turn, so that each is struck with each kind of command; with every place asked for, all of them everywhere. */
const actionsAt = (turn: number): readonly string[] =>
  STRIDE === 1 ? ACTIONS : [ACTIONS[(SEED + turn) % ACTIONS.length] ?? 'commit']

test('between any two commands', { timeout: 3_600_000 }, async () => {
  const wrong: string[] = []
  let [done, rounds, reached] = [0, 0, true]
  for (let turn = 0; reached; turn += 1) {
    const at = firstOf('user') + turn * STRIDE
    for (const action of actionsAt(turn)) {
      const one = await round(action, at)
      wrong.push(...one.wrong)
      done += one.done ? 1 : 0
      rounds += 1
      reached = one.reached
    }
    expect(at).toBeLessThan(400)
  }
  expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
  expect(done).toBeGreaterThanOrEqual(STRIDE === 1 ? 20 : rounds / 2)
})
