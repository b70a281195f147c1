/** A system that gives no more files: what cannot be done is refused with a sentence, and nothing is lost or half done (R9). */

import { rm } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { wrongAfter } from './judging.ts'
import { play } from './playing.ts'
import { makeScene, type Scene } from './scene.ts'

const scenes: Scene[] = []
afterEach(async () => {
  for (const { folder } of scenes.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})

test('however few files it may open', { timeout: 1_800_000 }, async () => {
  const refusals: string[] = []
  let ended = 0
  // With fewer Node itself hardly starts; with more it does everything.
  for (const files of [40, 48, 96]) {
    const scene = await makeScene()
    scenes.push(scene)
    const played = await play(scene, { files, mend: 'nothing' })
    refusals.push(...played.refused)
    ended += played.ended ? 1 : 0
    expect([files, ...(await wrongAfter(scene, played.precious))]).toEqual([files])
  }
  expect(refusals.filter((sentence) => sentence.includes('Something went wrong'))).toEqual([])
  expect(refusals.filter((sentence) => !/[.!]$/u.test(sentence.trim()))).toEqual([])
  expect(refusals.some((sentence) => sentence.includes('no more files'))).toBe(true)
  expect(ended).toBeGreaterThan(0)
})
