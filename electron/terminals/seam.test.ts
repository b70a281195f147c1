/** Whatever a program prints and whatever windows do, every window shows the same in the end: nothing lost, nothing doubled. */

import { describe, expect, it } from 'vitest'
import { play } from './testing/story.ts'

const AT_ONCE = 25

/** Plays so many stories and gives what differs, with its seed: `play(seed, …)` plays it again. */
async function differing(first: number, count: number, resizes: boolean): Promise<readonly string[]> {
  const differences: string[] = []
  for (let from = first; from < first + count; from += AT_ONCE) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, at) => {
        const story = await play(from + at, { pieces: 80, resizes })
        const whole = story.whole.picture()
        for (const [page, { drawn }] of story.pages.entries()) {
          if (drawn.picture() !== whole) differences.push(`seed ${from + at}, window ${page + 1} of ${story.pages.length}`)
        }
        await story.close()
      }),
    )
  }
  return differences
}

describe('the screens of all windows are the same in the end', () => {
  it.each([0, 150, 300, 450])(
    'of one size (seeds from %i)',
    async (first) => {
      expect(await differing(first, 150, false)).toEqual([])
    },
    120_000,
  )

  it.each([1000, 1150, 1300, 1450])(
    'of several sizes (seeds from %i)',
    async (first) => {
      expect(await differing(first, 150, true)).toEqual([])
    },
    120_000,
  )
})
