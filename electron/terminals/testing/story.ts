/** One story of chance: a program that prints, and windows that come, go, change their size and are looked at. The seed tells all of it. */

import { createTerminals } from '../terminals.ts'
import { COALESCE_MS } from '../viewer.ts'
import { createFakePtys } from './fake-pty.ts'
import { createLivePage, type LivePage } from './live-page.ts'
import { createManualClock } from './manual-clock.ts'
import { createNearScreens } from './near-screens.ts'
import { createRandom, randomChunks, randomStream } from './random.ts'
import { createReference, type Reference } from './reference.ts'
import { until } from './until.ts'

const SCROLLBACK = 60

export type Story = {
  /** Given every byte and size in the order in which the program had them. */
  readonly whole: Reference
  /** What each window shows that is still there, the last one having come at the end. */
  readonly pages: readonly LivePage[]
  close(): Promise<void>
}

/** `resizes`: windows of several sizes. */
export async function play(seed: number, options: { readonly pieces: number; readonly resizes: boolean }): Promise<Story> {
  const random = createRandom(seed)
  const chance = (of: number): boolean => random.below(of) === 0
  const screens = createNearScreens(SCROLLBACK)
  const clock = createManualClock()
  const ptys = createFakePtys()
  const terminals = createTerminals({ screens, clock, spawnPty: ptys.spawn })
  const sizeNow = (): [number, number] => (options.resizes ? [20 + random.below(40), 4 + random.below(12)] : [48, 12])
  const [cols, rows] = sizeNow()
  await terminals.open({ id: 'one', file: 'sh', args: [], cwd: '/', env: { PATH: '/bin:/usr/bin' }, cols, rows })
  const pty = ptys.spawned[0]!
  const whole = createReference(cols, rows, SCROLLBACK)
  let pages: LivePage[] = []
  let followed = 0
  const follow = (): void => {
    for (; followed < pty.sizes.length; followed += 1) {
      const [newCols = 0, newRows = 0] = (pty.sizes[followed] ?? '').split('x').map(Number)
      void whole.size(newCols, newRows)
    }
  }
  const come = (): void => {
    const page = createLivePage(terminals, 'one', SCROLLBACK)
    pages.push(page)
    page.attach(...sizeNow(), chance(2))
  }
  const go = (): void => pages.splice(random.below(pages.length), 1)[0]?.close()
  const sayOf = (kind: 'resize' | 'claim'): void => {
    const [newCols, newRows] = sizeNow()
    pages[random.below(pages.length)]?.say({ kind, terminal: 'one', cols: newCols, rows: newRows })
  }
  const acts = [
    come,
    go,
    () => sayOf('claim'),
    () => sayOf('resize'),
    () => pages[random.below(Math.max(1, pages.length))]?.attach(...sizeNow(), chance(2)),
    () => (go(), come()),
    () => clock.advance(COALESCE_MS),
  ]
  for (const chunk of randomChunks(random, randomStream(random, options.pieces), 40)) {
    if (chance(4)) {
      random.pick(acts)()
      follow()
    }
    pty.say(chunk)
    void whole.write(chunk)
    // Whether a screen has come meanwhile must not matter; how long that takes is chance, too.
    if (chance(3)) await new Promise<void>((resolve) => (chance(2) ? setImmediate(resolve) : setTimeout(resolve)))
  }
  const last = createLivePage(terminals, 'one', SCROLLBACK)
  pages.push(last)
  last.attach(cols, rows, false)
  await until('all screens came', () => pages.every((page) => page.screens > 0))
  follow()
  clock.advance(COALESCE_MS)
  await whole.write('')
  for (const page of pages) await page.drawn.write('')
  await until('everything is parsed', () => screens.unparsed('one') === 0)
  return {
    whole,
    pages,
    async close() {
      await terminals.close()
      await screens.close()
    },
  }
}
