/** Reading a diff and writing beside it: comments that survive, finding, lines around a change, images, folding, and taking back. */

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Review } from '../../shared/model/review.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

const LINES = Array.from({ length: 120 }, (_, at) => `export const value${at + 1} = ${at + 1}`)
const DOT = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="${colour}"/></svg>`

test.use({
  files: {
    'src/values.ts': `${LINES.join('\n')}\n`,
    'src/other.ts': 'export const other = 1\n',
    'package-lock.json': '{ "version": 1 }\n',
    'img/dot.svg': DOT('red'),
  },
  scripts: {
    change: [
      bash(`sed -i 's/^export const value60 = 60$/export const value60 = Number("sixty")/' src/values.ts`),
      bash(`printf 'export const other = "two sixty"\\nexport const more = 3\\n' > src/other.ts`),
      bash(`printf '{ "version": 2 }\\n' > package-lock.json && printf '%s' '${DOT('green')}' > img/dot.svg`),
      bash('git add --all && git commit --quiet --message=Change'),
      say('Changed.'),
    ],
    long: [
      bash(`seq 1 400 > a.txt && seq 1 400 > b.txt && sed -i '2s/.*/deux/;200s/.*/many/' a.txt`),
      bash(`sed -i 's/^export const value60 = 60$/export const value60 = 6/' src/values.ts`),
      bash('git add --all && git commit --quiet --message=Long'),
      say('Long.'),
    ],
    above: [
      bash(`sed -i '1i // one\\n// two\\n// three' src/values.ts`),
      bash('git add --all && git commit --quiet --message=Above'),
      say('Above.'),
    ],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

const diff = (page: Page) => page.getByRole('region', { name: 'Diff', exact: true })
const header = (page: Page, path: string) => diff(page).locator(`[data-path="${path}"]`)

test('a diff is read, found in and answered with the keyboard, and what is written survives', async ({ world }) => {
  const { page } = world
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.setViewportSize({ width: 1400, height: 900 })
  await trust(page)
  await startSession(page, { name: 'change', prompt: 'Change things.\n\nrun:change' })
  await expectState(page, 'change', FINISHED)
  await page.getByRole('region', { name: 'Review' }).focus()
  await page.keyboard.press('x')
  await expect(header(page, 'src/values.ts')).toBeVisible()

  // From change to change, and a comment on one.
  const bar = page.getByRole('toolbar', { name: 'Selected lines' })
  for (let at = 0; at < 6 && !(await bar.getByText('Line 60').isVisible()); at += 1) {
    await page.keyboard.press('j')
    await expect(bar.or(page.getByText('This is the last change.')).first()).toBeVisible()
  }
  // At the line as it is now, not at the one that went away.
  await expect(bar).not.toContainText('before')
  await page.keyboard.press('c')
  const editor = page.getByRole('form', { name: 'Comment on line 60 of src/values.ts' })
  await expect(editor.getByRole('textbox').first()).toBeFocused()
  await page.keyboard.type('Why not 60?')
  await editor.getByRole('button', { name: 'Suggest an edit' }).click()
  await expect(editor.getByRole('textbox', { name: 'What line 60 should be instead' })).toHaveValue(
    'export const value60 = Number("sixty")',
  )
  await editor.getByRole('textbox', { name: 'What line 60 should be instead' }).fill('export const value60 = 60')

  // Unsaved, over a reload; then saved, over another.
  await page.reload()
  await expect(editor.getByRole('textbox').first()).toHaveValue('Why not 60?')
  await editor.getByRole('textbox').first().focus()
  await page.keyboard.press('Escape')
  await expect(editor.getByText('Throw away what you wrote?')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Enter')
  const card = page.getByRole('article', { name: /^Comment: Draft, Line 60/u })
  await expect(card).toContainText('Why not 60?')
  await expect(card).toContainText('export const value60 = 60')
  await page.reload()
  await expect(card).toContainText('Why not 60?')

  // The lines around the change.
  await expect(diff(page).getByText('export const value45 = 45')).toBeHidden()
  await diff(page).getByRole('button', { name: 'Show lines above the change below' }).first().click()
  await expect(diff(page).getByText('export const value45 = 45')).toBeAttached()

  // Finding looks into every file.
  await page.keyboard.press('ControlOrMeta+f')
  const find = page.getByRole('search', { name: 'Find in the diff' })
  await find.getByRole('textbox').fill('SIXTY')
  await expect(find.getByRole('status')).toHaveText('2')
  await page.keyboard.press('Enter')
  await expect(find.getByRole('status')).toHaveText('1 of 2')
  await find.getByRole('button', { name: 'Match case' }).click()
  await expect(find.getByRole('status')).toHaveText('Nothing found')
  await page.keyboard.press('Escape')
  await expect(find).toBeHidden()

  // An image, in both its states, the slider by keyboard.
  const image = page.getByRole('region', { name: 'Image img/dot.svg' })
  await expect(image.getByRole('img', { name: 'Before' })).toBeVisible()
  await image.getByText('Overlaid').click()
  const slider = image.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', '55 percent')

  // A lock file is folded and says why; what is viewed folds.
  await expect(header(page, 'package-lock.json')).toContainText('Lock file')
  await header(page, 'package-lock.json').getByRole('button', { name: 'Show', exact: true }).click()
  await expect(diff(page).getByText('{ "version": 2 }')).toBeAttached()
  const viewed = header(page, 'src/other.ts').getByRole('checkbox', { name: 'src/other.ts is viewed' })
  await viewed.check()
  await expect(diff(page).getByText('export const more = 3')).toBeHidden()
  await page.reload()
  await expect(viewed).toBeChecked()
  await expect(header(page, 'src/other.ts').getByRole('button', { name: 'Show src/other.ts' })).toBeVisible()

  const { violations } = await new AxeBuilder({ page }).include('[aria-label="Diff"]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
  expect(faults).toEqual([])
})

test('what is written stays about its lines while the session goes on, and no window loses what another wrote', async ({
  world,
}) => {
  const { page } = world
  await page.setViewportSize({ width: 1400, height: 900 })
  await trust(page)
  await startSession(page, { name: 'change', prompt: 'Change things.\n\nrun:change' })
  await expectState(page, 'change', FINISHED)
  const open = async (over: Page): Promise<void> => {
    await over.getByRole('region', { name: 'Review' }).focus()
    await over.keyboard.press('x')
    await expect(header(over, 'src/values.ts')).toBeVisible()
  }
  await open(page)
  const other = await page.context().newPage()
  await other.setViewportSize({ width: 1400, height: 900 })
  await other.goto(page.url())
  await expect(header(other, 'src/other.ts')).toBeVisible()

  // One writes on a line here, and on a file there.
  const select = async (): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+f')
    await page.getByRole('search', { name: 'Find in the diff' }).getByRole('textbox').fill('Number("sixty")')
    await expect(page.getByRole('search', { name: 'Find in the diff' }).getByRole('status')).toHaveText('1')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
  }
  const bar = page.getByRole('toolbar', { name: 'Selected lines' })
  await select()
  await expect(bar).toContainText('Line 60')
  await page.keyboard.press('c')
  const editor = page.getByRole('form', { name: /^Comment on line 6\d of src\/values\.ts$/u })
  await editor.getByRole('textbox').fill('Why not 60?')
  await header(other, 'src/other.ts').getByRole('button', { name: 'More for src/other.ts' }).click()
  await other.getByRole('menuitem', { name: 'Comment on the file' }).click()
  const there = other.getByRole('form', { name: 'Comment on the file of src/other.ts' })
  await there.getByRole('textbox').fill('What is more for?')
  await page.reload()
  await expect(editor.getByRole('textbox')).toHaveValue('Why not 60?')
  await expect(page.getByRole('form', { name: 'Comment on the file of src/other.ts' }).getByRole('textbox')).toHaveValue(
    'What is more for?',
  )
  await other.close()

  // Three lines come above it.
  await select()
  // A form is open on them already.
  await expect(bar).toBeHidden()
  expect((await world.ask('session', 'send', 'change', 'More.\n\nrun:above')).code).toBe(0)
  await expect(diff(page).getByText('// two')).toBeAttached()
  await expect(editor).toHaveAccessibleName('Comment on line 63 of src/values.ts')
  await editor.getByRole('textbox').focus()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('article', { name: /^Comment: Draft/u })).toContainText('Why not 60?')
  await expect(bar).toContainText('Line 63')
  const { json } = await world.ask('review', 'change')
  expect((json as Review).comments).toMatchObject([
    { quoted: ['export const value60 = Number("sixty")'], changed: 'no', now: { start: 63 } },
  ])

  // What is not added to the review is not forgotten where it is sent; what was sent can be resolved there.
  await page.getByRole('region', { name: 'Review' }).focus()
  await page.keyboard.press('Shift+A')
  const dialog = page.getByRole('dialog', { name: /for changes$/u })
  await dialog.getByRole('button', { name: 'Add the comment on src/other.ts' }).click()
  await dialog.getByRole('button', { name: 'Send with 2 comments' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('region', { name: 'Review' }).focus()
  await page.keyboard.press('Shift+A')
  await dialog.getByRole('button', { name: 'Resolve the comment on src/other.ts' }).click()
  await expect
    .poll(async () => ((await world.ask('review', 'change')).json as Review).comments.map(({ state }) => state))
    .toEqual(['sent', 'resolved'])
})

test('who types a comment types on in it, however far it scrolls away', async ({ world }) => {
  const { page } = world
  const { keyboard } = page
  await page.setViewportSize({ width: 1400, height: 900 })
  await trust(page)
  await startSession(page, { name: 'long', prompt: 'Write much.\n\nrun:long' })
  await expectState(page, 'long', FINISHED)
  const review = page.getByRole('region', { name: 'Review', exact: true })
  await review.focus()
  await keyboard.press('x')
  await expect(header(page, 'a.txt')).toBeVisible()
  await keyboard.press('j')
  await keyboard.press('Shift+M')
  const field = diff(page).getByRole('textbox', { name: /^Comment on .* of a\.txt$/u })
  await expect(field).toBeFocused()
  await keyboard.type('Please ')

  // Its row is not drawn any more, and then not even its file.
  for (const by of [3000, 9000]) {
    await diff(page).hover()
    await page.mouse.wheel(0, by)
    await expect(field).not.toBeInViewport()
    await keyboard.type('all al')
    await expect(field).toBeFocused()
    await expect(field).toBeInViewport()
  }
  await expect(field).toHaveValue('Please all alall al')
  await expect(review.getByRole('button', { name: 'Approve and land' })).toBeVisible()

  // Escape gives the keys back; asking again leads to the form that is open, however far it is.
  await page.mouse.wheel(0, 9000)
  await expect(field).not.toBeInViewport()
  await keyboard.press('Escape')
  await keyboard.press('Shift+M')
  await expect(field).toBeFocused()
  await expect(field).toBeInViewport()
  await keyboard.type('.')
  await expect(field).toHaveValue('Please all alall al.')
  await page.mouse.wheel(0, 9000)
  await expect(field).not.toBeInViewport()
  await keyboard.press('Escape')
  await keyboard.press('j')
  await expect(page.getByRole('toolbar', { name: 'Selected lines' })).toBeVisible()

  // A suggestion is written at once, and needs no words.
  await keyboard.press('c')
  const other = diff(page).getByRole('form', { name: /of b\.txt$/u })
  await other.getByRole('button', { name: 'Suggest an edit' }).click()
  await expect(other.getByRole('textbox', { name: /should be instead$/u })).toBeFocused()
  await keyboard.type('st')
  await keyboard.press('ControlOrMeta+Enter')
  const card = diff(page).getByRole('article').filter({ hasText: 'Please change this as suggested.' })
  await expect(card.getByRole('figure')).toContainText('1st')

  // Without a selection it is about the file on show, and in sight.
  await keyboard.press('Escape')
  await page.mouse.wheel(0, 3000)
  await expect(card).not.toBeInViewport()
  await keyboard.press('Shift+M')
  const file = diff(page).getByRole('textbox', { name: 'Comment on the file of b.txt' })
  await expect(file).toBeFocused()
  await expect(file).toBeInViewport({ ratio: 1 })
})
