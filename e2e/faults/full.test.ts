/** A full disk, and a git that is killed, at each command of git that writes: a sentence, nothing lost, and the next try does it. */

import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { wrongAfter } from './judging.ts'
import { play } from './playing.ts'
import { makeScene, type Scene, type Strike } from './scene.ts'
import { makeSmallDisk, type SmallDisk } from './small-disk.ts'

const scenes: Scene[] = []
const disks: SmallDisk[] = []
afterEach(async () => {
  for (const { folder } of scenes.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  for (const disk of disks.splice(0)) await disk.close()
})

type Round = { readonly struck: boolean; readonly wrong: readonly string[] }

async function round(strike: Strike, on?: string): Promise<Round> {
  const scene = await makeScene(on)
  scenes.push(scene)
  const { precious, ended, refused, said } = await play(scene, { strike, mend: 'free' })
  const faults = said.filter((line) => line.includes('"fault') && strike.kind !== 'full')
  const wrong = [
    ...(ended ? [] : ['it did not come to its end at the second try']),
    ...refused.filter((sentence) => !/[.!]$/u.test(sentence.trim())).map((sentence) => `no sentence: ${sentence}`),
    ...faults,
    ...(await wrongAfter(scene, precious)),
  ]
  await rm(scene.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  return {
    struck: refused.length > 0,
    wrong: wrong.length === 0 ? [] : [`${JSON.stringify(strike)}:`, ...wrong, ...refused, ...said.slice(-3)],
  }
}

test('a full disk', { timeout: 400_000 }, async () => {
  const disk = await makeSmallDisk()
  disks.push(disk)
  const wrong: string[] = []
  let [struck, quiet] = [0, 0]
  for (let at = 1; quiet < 6; at += 1) {
    const one = await round({ kind: 'full', at }, disk.path)
    wrong.push(...one.wrong)
    struck += one.struck ? 1 : 0
    quiet = one.struck ? 0 : quiet + 1
  }
  expect(wrong).toEqual([])
  expect(struck).toBeGreaterThan(5)
})

test('a git that is killed', { timeout: 400_000 }, async () => {
  const wrong: string[] = []
  let [struck, quiet] = [0, 0]
  for (let at = 1; quiet < 8; at += 2) {
    const pair = await Promise.all([round({ kind: 'git', at, delay: 0.001 }), round({ kind: 'git', at: at + 1, delay: 0.004 })])
    for (const one of pair) {
      wrong.push(...one.wrong)
      struck += one.struck ? 1 : 0
      quiet = one.struck ? 0 : quiet + 1
    }
  }
  expect(wrong).toEqual([])
  expect(struck).toBeGreaterThan(3)
})
