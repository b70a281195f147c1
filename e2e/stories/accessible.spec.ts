/** Every view of the tour, in both themes, held against axe-core: no violation at all. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { FILES, SCRIPTS } from '../tour/scenario.ts'
import { tour } from '../tour/tour.ts'
import { expect, test } from './fixture.ts'

test.use({ files: FILES, scripts: SCRIPTS })

type Look = { readonly colorScheme: 'light' | 'dark'; readonly withDiff: boolean }

/** What axe says of the page as it is, in words that say what to mend. */
async function faults(page: Page, { colorScheme, withDiff }: Look): Promise<readonly string[]> {
  // What a program draws into its terminal is the program's: its colours are kept, and a screen reader gets xterm.js's own text.
  const axe = new AxeBuilder({ page }).exclude('.xterm-screen')
  // Every letter of a diff is held against what is behind it, which takes seconds: once is enough.
  if (!withDiff) axe.exclude('diffs-container')
  // What is behind a dialog was looked at without it.
  if ((await page.getByRole('dialog').count()) > 0) axe.include('[role=dialog]')
  // A theme changes colours and nothing else.
  if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary ?? ''}`),
  )
}

test('axe finds nothing in any view, light or dark', async ({ world }) => {
  test.setTimeout(300_000)
  const { page } = world
  const found: Record<string, readonly string[]> = {}
  let views = 0
  await tour(world, async (view) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const here = await faults(page, { colorScheme, withDiff: view === 'review' })
      if (here.length > 0) found[`${view}, ${colorScheme}`] = here
    }
    views += 1
  })
  expect(found).toEqual({})
  expect(views).toBeGreaterThan(25)
})
