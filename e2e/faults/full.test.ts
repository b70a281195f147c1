/** A full disk, and a git that is killed, at each command of git that writes: a sentence, nothing lost, and the next try does it. */

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { wrongAfter } from './judging.ts'
import { play } from './playing.ts'
import { firstOf, makeScene, type Scene, SEED, STRIDE, type Strike } from './scene.ts'
import { makeSmallDisk, type SmallDisk } from './small-disk.ts'

const scenes: Scene[] = []
const disks: SmallDisk[] = []
afterEach(async () => {
  for (const { folder } of scenes.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  for (const disk of disks.splice(0)) await disk.close()
})

/** `reached`: there was a command of git with that number. `struck`: it made something be refused. */
type Round = { readonly reached: boolean; readonly struck: boolean; readonly wrong: readonly string[] }

async function round(strike: Strike, on?: string): Promise<Round> {
  const scene = await makeScene(on)
  scenes.push(scene)
  const { precious, ended, refused, said } = await play(scene, { strike, mend: 'free' })
  // Where nothing was refused the disk is full still.
  await rm(join(scene.folder, 'full'), { force: true })
  const faults = said.filter((line) => line.includes('"fault') && strike.kind !== 'full')
  const counted = await readFile(join(scene.folder, 'faults', 'count'), 'utf8')
  const wrong = [
    ...(ended ? [] : ['it did not come to its end at the second try']),
    ...refused.filter((sentence) => !/[.!]$/u.test(sentence.trim())).map((sentence) => `no sentence: ${sentence}`),
    ...faults,
    ...(await wrongAfter(scene, precious)),
  ]
  await rm(scene.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  return {
    reached: counted.split('\n').length > strike.at,
    struck: refused.length > 0,
    wrong: wrong.length === 0 ? [] : [`${JSON.stringify(strike)}:`, ...wrong, ...refused, ...said.slice(-3)],
  }
}

test('a full disk', { timeout: 1_800_000 }, async () => {
  const disk = await makeSmallDisk()
  disks.push(disk)
  const wrong: string[] = []
  let [struck, rounds, reached] = [0, 0, true]
  for (let at = firstOf('full'); reached; at += STRIDE) {
    rounds += 1
    const one = await round({ kind: 'full', at }, disk.path)
    wrong.push(...one.wrong)
    struck += one.struck ? 1 : 0
    ;({ reached } = one)
  }
  expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
  // The first commands are those of a start, and the last place is beyond the end.
  expect(struck).toBeGreaterThanOrEqual(rounds / 2)
})

test('a git that is killed', { timeout: 1_800_000 }, async () => {
  const wrong: string[] = []
  let [struck, reached] = [0, true]
  // Not every one is in time to be killed: twice as many as of the others.
  const stride = Math.ceil(STRIDE / 2)
  for (let at = firstOf('git'); reached; at += 2 * stride) {
    const pair = await Promise.all([
      round({ kind: 'git', at, delay: 0.001 }),
      round({ kind: 'git', at: at + stride, delay: 0.004 }),
    ])
    for (const one of pair) {
      wrong.push(...one.wrong)
      struck += one.struck ? 1 : 0
    }
    reached = pair.every((one) => one.reached)
  }
  expect(wrong, `FAULT_SEED=${SEED}`).toEqual([])
  expect(struck).toBeGreaterThan(0)
})
