/** A prompt that could not be typed is kept above the terminal, and is sent or forgotten from there. */

import type { Locator, Page } from '@playwright/test'
import { say } from '../model/scripts.ts'
import { expectState, FINISHED, focusTerminal, startSession, terminalText, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

test.use({ scripts: { hello: [say('Hello to you.')], second: [say('The second is done.')] } })

const kept = (page: Page): Locator => page.getByRole('region', { name: 'Terminal', exact: true }).getByText(/^This prompt /u)

async function drafting(world: World): Promise<void> {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'writer', prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, 'writer', FINISHED)
  await focusTerminal(page)
  await page.keyboard.type('my draft')
  await expect(terminalText(page)).toContainText('my draft')
}

test('a prompt waits for the draft of the user, and is typed when that is sent', async ({ world }) => {
  const { page } = world
  await drafting(world)
  const refused = await world.ask('session', 'send', 'writer', 'run:second')
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'draft' } } })
  expect((await world.ask('session', 'send', 'writer', 'run:second', '--wait')).code).toBe(0)
  await expect(kept(page)).toContainText('waits until your draft is sent')
  await expect(kept(page)).toContainText('run:second')
  await focusTerminal(page)
  await page.keyboard.press('Enter')
  await expect(terminalText(page)).toContainText('The second is done.', { timeout: 30_000 })
  await expect(kept(page)).toBeHidden()
})

test('a kept prompt can be forgotten', async ({ world }) => {
  const { page } = world
  await drafting(world)
  expect((await world.ask('session', 'send', 'writer', 'run:second', '--wait')).code).toBe(0)
  await expect(kept(page)).toBeVisible()
  await page.getByRole('button', { name: 'Forget' }).click()
  await expect(kept(page)).toBeHidden()
  await focusTerminal(page)
  await page.keyboard.press('Enter')
  await expectState(page, 'writer', FINISHED)
  await expect(terminalText(page)).not.toContainText('The second is done.')
})
