/** A terminal of the page: what was printed can be found, scrolled to and copied, whichever way it is drawn. */

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { say } from '../model/scripts.ts'
import { drawInSoftware, keepWebgl } from '../software-gl.ts'
import { expectState, FINISHED, focusTerminal, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

const TALE = Array.from({ length: 120 }, (_, at) => `Verse ${at + 1} of the tale.`).join('\n\n')

test.use({ scripts: { tale: [say(TALE)] } })

const down = (page: Page) => page.getByRole('button', { name: /^Scroll to the bottom/u })

async function choose(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Terminal' }).click()
  await settings.getByRole('switch', { name: label }).click()
  await expect(settings.getByRole('switch', { name: label })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()
}

test('the classic Claude Code scrolls, is searched, and what is found is copied', async ({ world }) => {
  const { page } = world
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await trust(page)
  await choose(page, 'Classic Claude Code')
  await startSession(page, { name: 'teller', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'teller', FINISHED)
  await expect(terminalText(page)).toContainText('Verse 120 of the tale.')
  await expect(down(page)).toBeHidden()

  await focusTerminal(page)
  await page.keyboard.press('Shift+PageUp')
  await expect(down(page)).toBeVisible()
  await page.keyboard.press('Control+Shift+End')
  await expect(down(page)).toBeHidden()

  await page.keyboard.press('Control+Shift+F')
  const find = page.getByRole('search', { name: 'Find in the terminal' })
  const field = find.getByRole('textbox', { name: 'Find in the terminal' })
  await expect(field).toBeFocused()
  await field.fill('verse 4')
  await expect(find.getByRole('status')).toHaveText(/^\d+ of 11$/u)
  await find.getByRole('button', { name: 'Regular expression' }).click()
  await field.fill('^. verse 7 |verse 7 of')
  await expect(find.getByRole('status')).toHaveText('1 of 1')
  await expect(terminalText(page)).toContainText('Verse 7 of the tale.')
  await field.fill('(')
  await expect(find.getByRole('status')).toHaveText('Not a regular expression')
  await field.fill('Verse 9 of')
  await expect(find.getByRole('status')).toHaveText('1 of 1')

  await page.keyboard.press('Escape')
  await expect(find).toBeHidden()
  await expect(terminalText(page).getByRole('textbox', { name: /terminal/iu })).toBeFocused()
  await page.keyboard.press('Control+Shift+C')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Verse 9 of')

  await page.keyboard.type('typing leads back')
  await expect(terminalText(page)).toContainText('typing leads back')
  await expect(down(page)).toBeHidden()
})

test('an expression that runs wild is given up, and the page goes on', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'wild', prompt: `Say nothing. ${'a'.repeat(60)}!\n\nrun:tale` })
  await expectState(page, 'wild', FINISHED)
  await page.getByRole('button', { name: 'Find in the terminal' }).click()
  const find = page.getByRole('search', { name: 'Find in the terminal' })
  await find.getByRole('button', { name: 'Regular expression' }).click()
  // Every way to cut a line of words into pieces is tried before it is given up.
  await find.getByRole('textbox').fill(String.raw`^(([\w .]|[\w .])+)+€`)
  await expect(find.getByRole('status')).toHaveText('Takes too long; make it simpler')
  await find.getByRole('textbox').fill('tale')
  await expect(find.getByRole('status')).toHaveText(/^\d+ of \d+$/u)
})

test('who pulls the mouse over a program that has it is told once how to select', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'mouse', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'mouse', FINISHED)
  await expect(terminalText(page)).toContainText('Verse 120 of the tale.')
  const hint = page.getByText('This program has the mouse.')
  const pull = async (): Promise<void> => {
    const place = (await page.locator('[data-terminal]').boundingBox())!
    await page.mouse.move(place.x + 40, place.y + 60)
    await page.mouse.down()
    await page.mouse.move(place.x + 160, place.y + 90, { steps: 5 })
    await page.mouse.up()
  }
  await expect(hint).toBeHidden()
  await pull()
  await expect(hint).toBeVisible()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(hint).toBeHidden()
  await expect(terminalText(page).getByRole('textbox', { name: /terminal/iu })).toBeFocused()
  await page.reload()
  await expect(terminalText(page)).toContainText('Verse 120 of the tale.')
  await pull()
  await expect(hint).toBeHidden()
})

test('what is said of the mouse goes when the program gives it back, and advises on Claude Code only there', async ({
  world,
}) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'mouse', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'mouse', FINISHED)
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  const shell = page.getByRole('region', { name: 'Shell 1 of mouse' })
  await expect(shell).toContainText(/[$#] *$/u)
  await page.keyboard.type("printf '\\033[?1000h\\033[?1002h'; read -r _; printf '\\033[?1000l\\033[?1002l'\n")
  const hint = page.getByText('This program has the mouse.')
  const place = (await page.locator('[data-terminal]').boundingBox())!
  await expect(async () => {
    await page.mouse.move(place.x + 40, place.y + 160)
    await page.mouse.down()
    await page.mouse.move(place.x + 160, place.y + 190, { steps: 5 })
    await page.mouse.up()
    await expect(hint).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(hint).not.toContainText('Classic')
  await page.keyboard.press('Enter')
  await expect(hint).toBeHidden()
})

test('a terminal that another window sizes says so, and a click gives it the size of its place', async ({ world }) => {
  const { page } = world
  await page.setViewportSize({ width: 1600, height: 900 })
  await trust(page)
  await startSession(page, { name: 'shared', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'shared', FINISHED)
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  const line = (of: Page) => of.getByRole('button', { name: /^Shown at the size of another window/u })
  await expect(line(page)).toBeHidden()
  const other = await page.context().newPage()
  await other.setViewportSize({ width: 1450, height: 650 })
  await other.goto(page.url())
  await other.getByRole('tab', { name: 'Shell 1', exact: true }).click()
  await expect(line(page)).toBeVisible()
  await line(page).click()
  await expect(line(page)).toBeHidden()
  await expect(line(other)).toBeVisible()
  await other.locator('[data-terminal] .xterm-screen').click({ position: { x: 60, y: 60 } })
  await expect(line(other)).toBeHidden()
  await expect(line(page)).toBeVisible()
  await page.setViewportSize({ width: 1500, height: 850 })
  await expect(line(page)).toBeHidden()
  await other.close()
})

test('what the mouse selects is copied where that is set, and the menu of the screen clears what is above', async ({ world }) => {
  const { page } = world
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await trust(page)
  await choose(page, 'Classic Claude Code')
  await choose(page, 'Copy what is selected')
  await startSession(page, { name: 'copier', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'copier', FINISHED)
  const verse = page.locator('[data-terminal] .xterm-rows > div', { hasText: 'Verse 119 of the tale.' })
  const place = (await verse.boundingBox())!
  const middle = place.y + place.height / 2
  await page.mouse.move(place.x + 1, middle)
  await page.mouse.down()
  await page.mouse.move(place.x + 300, middle, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Verse 119 of the tale.')

  await page.mouse.click(place.x + 60, middle, { button: 'right' })
  await page.getByRole('menuitem', { name: 'Clear the scrollback' }).click()
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(terminalText(page)).toContainText('Verse 119 of the tale.')
  await focusTerminal(page)
  await page.keyboard.press('Control+Shift+F')
  const find = page.getByRole('search', { name: 'Find in the terminal' })
  await find.getByRole('textbox').fill('Verse 1 of')
  await expect(find.getByRole('status')).toHaveText('Nothing found')
})

test.describe('drawn by the graphics card', () => {
  test.use({
    page: async ({ page }, use) => {
      await drawInSoftware(page)
      await use(page)
    },
  })

  test('a graphics context that is lost takes no text away, and another one is tried', async ({ world }) => {
    const { page } = world
    await trust(page)
    await startSession(page, { name: 'lost', prompt: 'Tell the tale.\n\nrun:tale' })
    await expectState(page, 'lost', FINISHED)
    const canvas = page.locator('[data-terminal] .xterm-screen > canvas:not(.xterm-link-layer)')
    const rows = page.locator('[data-terminal] .xterm-rows')
    await expect(canvas).toHaveCount(1)
    await expect(rows).toHaveCount(0)
    await canvas.evaluate((element: HTMLCanvasElement) =>
      element.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext(),
    )
    // Long before the three seconds that xterm.js itself would wait.
    await expect(rows).toContainText('Verse 120 of the tale.', { timeout: 2_500 })
    await expect(canvas).toHaveCount(1, { timeout: 15_000 })
    await expect(rows).toHaveCount(0)
  })
})

test.describe('where only software would draw with WebGL', () => {
  test.use({
    page: async ({ page }, use) => {
      await keepWebgl(page)
      await use(page)
    },
  })

  test('a terminal is drawn with elements, which is faster there', async ({ world }) => {
    const { page } = world
    const renderer = await page.evaluate(() => {
      const context = document.createElement('canvas').getContext('webgl2')
      const names = context?.getExtension('WEBGL_debug_renderer_info') ?? null
      return names === null ? null : String(context?.getParameter(names.UNMASKED_RENDERER_WEBGL))
    })
    expect(renderer).toContain('SwiftShader')
    await trust(page)
    await startSession(page, { name: 'plain', prompt: 'Tell the tale.\n\nrun:tale' })
    await expect(page.locator('[data-terminal] .xterm-rows')).toContainText('Verse 120 of the tale.')
    await expect(page.locator('[data-terminal] .xterm-screen > canvas')).toHaveCount(0)
  })
})

test('what a terminal showed is there after Sluice was killed, and is said to be from before', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'kept', prompt: 'Tell the tale.\n\nrun:tale' })
  await expectState(page, 'kept', FINISHED)
  const { id } = (await world.ask('session', 'show', 'kept')).json as { id: string }
  const isKept = () =>
    access(join(world.dataDir, 'sessions', id, 'screen')).then(
      () => true,
      () => false,
    )
  await expect.poll(isKept, { timeout: 90_000 }).toBe(true)
  await world.killAndReturn()
  await expect(tab(page, 'kept')).toBeVisible()
  await expect(terminalText(page)).toContainText('Verse 120 of the tale.')
  await expect(terminalText(page)).toContainText(/\[Above: what this terminal showed on [\d-]+ at [\d:]+\.\]/u)
  const output = (await world.ask('session', 'output', 'kept')).json as { text: string }
  expect(output.text).toContain('Verse 120 of the tale.')
})

test('two terminals have the room while there is nothing to review, and the user’s own sizes stay', async ({ world }) => {
  const { page } = world
  await trust(page)
  for (const name of ['left', 'right']) await startSession(page, { name, prompt: 'Tell the tale.\n\nrun:tale' })
  const share = (): Promise<number> =>
    page.locator('#terminal-pane').evaluate((pane) => pane.getBoundingClientRect().width / window.innerWidth)
  await tab(page, 'left').focus()
  await expect.poll(share).toBeLessThan(0.4)
  await page.keyboard.press('s')
  await expect.poll(share).toBeGreaterThan(0.6)
  const border = page.getByRole('separator', { name: 'Resize the terminal and the review' })
  await border.focus()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(share).toBeLessThan(0.62)
  const own = await share()
  await tab(page, 'left').focus()
  await page.keyboard.press('s')
  await expect.poll(share).toBeLessThan(0.4)
  await page.keyboard.press('s')
  await expect.poll(share).toBeCloseTo(own, 2)
  await page.reload()
  await expect.poll(share).toBeCloseTo(own, 2)
})
