/** Whatever a program prints and whatever windows do, every window shows the same in the end: nothing lost, nothing doubled. */

import { describe, expect, it } from 'vitest'
import { play } from './testing/story.ts'

const AT_ONCE = 25
/** Of each kind; thousands once something here has changed, which takes minutes: `SLUICE_STORIES=2000`. */
const STORIES = Number(process.env['SLUICE_STORIES'] ?? 50)

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
  it('of one size', async () => {
    expect(await differing(0, STORIES, false)).toEqual([])
  }, 300_000)

  it('of several sizes', async () => {
    expect(await differing(1_000_000, STORIES, true)).toEqual([])
  }, 300_000)
})
