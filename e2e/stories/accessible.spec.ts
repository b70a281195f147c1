/** Every view of the tour, in both themes, held against axe-core: no violation at all. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { FILES, SCRIPTS } from '../tour/scenario.ts'
import { tour } from '../tour/tour.ts'
import { expect, test } from './fixture.ts'

test.use({ files: FILES, scripts: SCRIPTS })

/** What axe says of the page as it is, in words that say what to mend. */
async function faults(page: Page): Promise<readonly string[]> {
  // What a program draws into its terminal is the program's: its colours are kept, and a screen reader gets xterm.js's own text.
  const { violations } = await new AxeBuilder({ page }).exclude('.xterm-screen').analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary ?? ''}`),
  )
}

test('axe finds nothing in any view, light or dark', async ({ world }) => {
  test.setTimeout(900_000)
  const { page } = world
  const found: Record<string, readonly string[]> = {}
  let views = 0
  await tour(world, async (view) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const here = await faults(page)
      if (here.length > 0) found[`${view}, ${colorScheme}`] = here
    }
    views += 1
  })
  expect(found).toEqual({})
  expect(views).toBeGreaterThan(15)
})
