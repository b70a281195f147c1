/** The demonstration behind the button of the welcome page: a Sluice of its own that ends with the one that started it. */

import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startHost } from '../demo/sluice.ts'
import { CLAUDE, makeUntrustedClaudeHome } from '../model/claude-home.ts'

test('one click starts it, its page plays, and nothing of it is left', async ({ page, context }) => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-story-')))
  const home = await makeUntrustedClaudeHome({ folder, model: 'http://127.0.0.1:9', env: { TMPDIR: folder } })
  const host = await startHost({
    env: home.env,
    dataDir: join(folder, 'data'),
    words: ['--claude', CLAUDE, '--port', '0'],
  })
  await page.goto(host.url)
  const welcome = page.getByRole('main', { name: 'Welcome' })
  await expect(welcome).toContainText('git')
  await welcome.getByRole('button', { name: /Watch the demo/u }).click()
  const link = welcome.getByRole('link', { name: 'Open the demo' })
  await expect(link).toBeVisible({ timeout: 60_000 })
  const [demo] = await Promise.all([context.waitForEvent('page'), link.click()])
  await expect(demo.getByRole('tab', { name: 'cart-quantity', exact: true })).toBeVisible({ timeout: 60_000 })
  const address = new URL(demo.url()).origin
  expect(await host.stop()).toBe(0)
  await expect
    .poll(
      () =>
        fetch(address).then(
          () => 'answers',
          () => 'gone',
        ),
      { timeout: 30_000 },
    )
    .toBe('gone')
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
