/** What is on show is of the session on show, and as it is now. */

import { rename } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Session } from '../../shared/model/session.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  scripts: {
    work: [bash('echo work > work.txt && git add --all && git commit --quiet --message=Work'), say('Done.')],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

/** How many points of the terminal are not its background. */
async function drawn(page: Page): Promise<number> {
  const picture = await page.locator('[data-terminal]').screenshot()
  const desk = await page.context().newPage()
  try {
    return await desk.evaluate(async (encoded) => {
      const image = new Image()
      image.src = `data:image/png;base64,${encoded}`
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: image.width, height: image.height })
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      // The edge of the pane may lie between two points.
      const points = new Uint32Array(context.getImageData(2, 2, image.width - 4, image.height - 4).data.buffer)
      return points.filter((point) => point !== points[0]).length
    }, picture.toString('base64'))
  } finally {
    await desk.close()
  }
}

test.describe('drawn by the graphics card', () => {
  test.use({
    page: async ({ page }, use) => {
      await page.addInitScript(() => {
        // Other stories read rows of text; what is drawn can only be seen.
        Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', {
          value: HTMLCanvasElement.prototype.getContext,
          writable: false,
        })
      })
      await use(page)
    },
  })

  test('the terminal of a session in line shows nothing of another one', async ({ world }) => {
    const { page } = world
    await trust(page)
    await world.ask('config', 'set', 'maxSessions', '1')
    await startSession(page, { name: 'first', prompt: 'Work.\n\nrun:work' })
    await expectState(page, 'first', FINISHED)
    await expect.poll(() => drawn(page)).toBeGreaterThan(5_000)
    await world.ask('session', 'start', 'second', '--prompt', 'Wait.')
    await tab(page, 'second').click()
    await expect(page.getByRole('region', { name: 'Terminal', exact: true })).toContainText('1 of 1 run: stop one')
    await expect.poll(() => drawn(page)).toBeLessThan(100)
    await tab(page, 'first').click()
    await expect.poll(() => drawn(page)).toBeGreaterThan(5_000)
  })
})

test('the diff comes back by itself when its worktree is there again', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'docs', prompt: 'Work.\n\nrun:work' })
  await expectState(page, 'docs', FINISHED)
  const { worktree } = (await world.ask('session', 'show', 'docs')).json as Session
  const review = page.getByRole('region', { name: 'Review' })
  await expect(review.getByText('work.txt').first()).toBeVisible()
  await world.ask('session', 'stop', 'docs')
  await rename(worktree, `${worktree}-elsewhere`)
  await expect(review).toContainText('The diff cannot be shown')
  await world.ask('session', 'repair', 'docs')
  await expect(review.getByText('work.txt').first()).toBeVisible()
})
