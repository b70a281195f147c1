/** What a program prints, and what is pasted into one, does nothing that its user did not ask for. */

import type { Locator, Page } from '@playwright/test'
import { say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

const LINES = Array.from({ length: 80 }, (_, at) => `export const line${at + 1} = ${at + 1}\n`).join('')

test.use({
  scripts: { hello: [say('Hello to you.')] },
  files: { 'README.md': '# Sample\n', 'src/app.ts': LINES, 'src/other.ts': LINES },
})

declare global {
  // A global can only be widened by an interface.
  interface Window {
    openedAddresses?: string[]
  }
}

const shell = (page: Page): Locator => page.getByRole('region', { name: 'Shell 1 of login', exact: true })
const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Messages' })

/** Types a line into the shell and waits for what it prints. */
async function run({ page }: World, line: string, prints: string | RegExp): Promise<void> {
  await shell(page)
    .getByRole('textbox', { name: /terminal/iu })
    .focus()
  await page.keyboard.type(`clear; ${line}\n`)
  await expect(shell(page)).toContainText(prints)
}

/** Where a text stands on the page; the last one where there are several. */
async function placeOf(page: Page, text: string): Promise<{ readonly x: number; readonly y: number }> {
  const found = await shell(page)
    .locator('.xterm-rows > div')
    .evaluateAll((rows, wanted) => {
      for (const row of rows.toReversed()) {
        const at = (row.textContent ?? '').replaceAll('\u00a0', ' ').lastIndexOf(wanted)
        if (at === -1) continue
        const range = document.createRange()
        const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT)
        let passed = 0
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const length = node.textContent?.length ?? 0
          if (at < passed + length) {
            range.setStart(node, at - passed)
            range.setEnd(node, at - passed + 1)
            const { left, top, width, height } = range.getBoundingClientRect()
            return { x: left + width / 2, y: top + height / 2 }
          }
          passed += length
        }
      }
      return null
    }, text)
  if (found === null) throw new Error(`“${text}” is not on the screen.`)
  return found
}

async function point(page: Page, text: string): Promise<void> {
  const { x, y } = await placeOf(page, text)
  await page.mouse.move(x + 200, y + 60)
  await page.mouse.move(x, y, { steps: 3 })
}

/** Ctrl and click, once the link under the pointer is known. */
async function follow(page: Page, text: string): Promise<void> {
  await point(page, text)
  await page.waitForTimeout(300)
  await page.keyboard.down('Control')
  await page.mouse.down()
  await page.mouse.up()
  await page.keyboard.up('Control')
}

const opened = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.openedAddresses ?? [])

async function paste(page: Page, text: string): Promise<void> {
  await shell(page)
    .getByRole('textbox', { name: /terminal/iu })
    .evaluate((input, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
}

test.beforeEach(async ({ world }) => {
  const { page } = world
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.setViewportSize({ width: 1600, height: 900 })
  await page.addInitScript(() => {
    window.openedAddresses = []
    window.open = (url) => {
      window.openedAddresses?.push(String(url))
      return null
    }
  })
  await page.reload()
  await trust(page)
  await startSession(page, { name: 'login', prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, 'login', FINISHED)
  await tab(page, 'login').focus()
  await page.keyboard.press('Shift+n')
  await expect(shell(page)).toContainText(/[$#] *$/u)
})

test('escape sequences made to freeze or to fool leave the window as it was', async ({ world }) => {
  const { page } = world
  const title = await page.title()
  const size = await shell(page).locator('.xterm-rows > div').count()
  await run(
    world,
    String.raw`printf 'a\e[2147483647b\e[2147483647S\e[2147483647L\e[3;1;1t\e[8;5;5t'; echo done-$((6*7))`,
    'done-42',
  )
  await run(
    world,
    String.raw`printf '\e]0;EVIL\a\e[21t\005'; head -c 3000000 /dev/zero | tr '\0' x | sed 's/^/\x1b]0;/'; printf '\a'; echo done-$((6*8))`,
    'done-48',
  )
  await run(world, String.raw`printf 'hidden-by-2026 \e[?2026h'; echo shown-$((6*9))`, 'shown-54')
  expect(await page.title()).toBe(title)
  expect(await shell(page).locator('.xterm-rows > div').count()).toBe(size)
  await page.reload()
  await expect(shell(page)).toContainText('shown-54')
})

test('a program sets the clipboard only where that is allowed, and the user is told who did', async ({ world }) => {
  const { page } = world
  await page.evaluate(() => navigator.clipboard.writeText('mine'))
  const copy = String.raw`printf '\e]52;c;'; printf 'from the program' | base64 -w0; printf '\a'; printf '\e]52;c;?\a'; echo done-$((6*7))`
  await run(world, copy, 'done-42')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('mine')
  await expect(toasts(page)).not.toContainText('clipboard')

  await tab(page, 'login').focus()
  await page.keyboard.press('ControlOrMeta+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Terminal' }).click()
  await settings.getByRole('switch', { name: 'Programs may set the clipboard' }).check()
  await page.keyboard.press('Escape')
  await run(world, copy, 'done-42')
  await expect(toasts(page)).toContainText('“login” set the clipboard: “from the program”')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('from the program')
})

test('links open with a modifier only, to where they say they lead', async ({ world }) => {
  const { page } = world
  const link = (target: string, text: string): string => String.raw`printf '\e]8;;${target}\e\\${text}\e]8;;\e\\\n'`
  await run(
    world,
    [
      link('javascript:alert(1)', 'run-me'),
      link('file:///etc/passwd', 'read-me'),
      link('vscode://file/x', 'edit-me'),
      link('https://example.org/docs', 'the manual'),
      link('https://evil.example/x', 'https://bank.example'),
      'echo see https://example.org/plain; echo done-$((6*7))',
    ].join('; '),
    'done-42',
  )
  for (const text of ['run-me', 'read-me', 'edit-me']) await follow(page, text)
  const { x, y } = await placeOf(page, 'the manual')
  await page.mouse.click(x, y)
  expect(await opened(page)).toEqual([])

  await point(page, 'the manual')
  await expect(page.getByRole('tooltip').filter({ hasText: 'https://example.org/docs' })).toBeVisible()
  await follow(page, 'the manual')
  await follow(page, 'https://example.org/plain')
  await expect.poll(() => opened(page)).toEqual(['https://example.org/docs', 'https://example.org/plain'])

  await follow(page, 'https://bank.example')
  const question = page.getByRole('dialog', { name: 'This link leads somewhere else' })
  await expect(question).toContainText('https://bank.example')
  await expect(question).toContainText('https://evil.example/x')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await opened(page)).toHaveLength(2)
})

test('a place in a file leads to its line in the review', async ({ world }) => {
  const { page } = world
  await run(
    world,
    `sed -i 's/^export const line40 .*/export const changed = 1/' src/app.ts && git commit -qam Change && echo done-$((6*7))`,
    'done-42',
  )
  await expect(tab(page, 'login')).toHaveAccessibleDescription(/to review/iu)
  await run(world, `echo 'error: src/app.ts:40:7 is wrong'; echo 'and README.md:1 too'; echo done-$((6*8))`, 'done-48')

  await point(page, 'src/app.ts:40:7')
  await expect(page.getByRole('tooltip').filter({ hasText: 'src/app.ts' })).toBeVisible()
  await follow(page, 'src/app.ts:40:7')
  const review = page.getByRole('region', { name: 'Review' })
  await expect(review.locator('[data-line][data-selected-line]')).toContainText('changed = 1')

  await follow(page, 'README.md:1')
  await expect(toasts(page)).toContainText('“README.md” is not in the diff of “login”.')
})

test('several lines are pasted after a question where each would be run, and as one where they are taken as one', async ({
  world,
}) => {
  const { page } = world
  await paste(page, 'echo one-$((6*7))\necho two-$((6*8))')
  await expect(shell(page)).toContainText('two-$((6*8))')
  await expect(shell(page)).not.toContainText('one-42')
  await page.keyboard.press('Control+c')

  await run(world, 'echo ready-$((6*9)); cat -v', 'ready-54')
  await paste(page, 'first\u001b[201~\nsecond')
  const question = page.getByRole('dialog', { name: 'Paste 2 lines?' })
  await expect(question.getByLabel('What is pasted')).toHaveText('first\nsecond')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(shell(page)).not.toContainText('first')

  await paste(page, 'first\u001b[201~\nsecond')
  await question.getByRole('checkbox', { name: 'Don’t ask again' }).check()
  await question.getByRole('button', { name: 'Paste' }).click()
  await expect(shell(page)).toContainText('second')
  await expect(shell(page)).not.toContainText('201~')
  await paste(page, 'third\nfourth\n')
  await expect(shell(page)).toContainText('fourth')
})

test('what was copied for one program is not pasted into another one that came in its place', async ({ world }) => {
  const { page } = world
  await run(world, 'echo ready-$((6*9)); cat -v', 'ready-54')
  await paste(page, 'first\nsecond')
  const question = page.getByRole('dialog', { name: 'Paste 2 lines?' })
  await expect(question).toBeVisible()
  const other = await page.context().newPage()
  await other.setViewportSize({ width: 1600, height: 900 })
  await other.goto(page.url())
  await other.getByRole('tab', { name: 'Shell 1', exact: true }).click({ button: 'middle' })
  await other.getByRole('dialog', { name: 'Close Shell 1?' }).getByRole('button', { name: 'Close the shell' }).click()
  await expect(other.getByRole('tab', { name: 'Shell 1', exact: true })).toHaveCount(0)
  await other.close()
  await expect(shell(page)).toHaveCount(0)
  await question.getByRole('button', { name: 'Paste', exact: true }).click()
  await expect(toasts(page)).toContainText('Nothing was pasted')
  const terminal = page.getByRole('region', { name: 'Terminal', exact: true })
  await expect(terminal).toContainText('Hello to you.')
  await expect(terminal).not.toContainText('second')
})
