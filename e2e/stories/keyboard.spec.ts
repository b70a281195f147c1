/** The whole loop without a mouse: from the trust question to a landing, with the terminal, the palette and the settings on the way. */

import { bash, say, write } from '../model/scripts.ts'
import { expectState, FINISHED, tab, terminalText } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'check.sh': 'test -f src/greet.js\n' },
  scripts: {
    greet: [
      write('src/greet.js', 'export const greet = (name) => `Hello, ${name}!`\n'),
      bash('git add --all && git commit --quiet --message="Greet people"'),
      say('There is a greeting now.'),
    ],
  },
})

test('everything from trust to landing is done with keys', async ({ world }) => {
  const { page } = world
  const { keyboard } = page
  await page.evaluate(() => addEventListener('pointerdown', () => Object.assign(window, { pointed: true }), true))

  const question = page.getByRole('dialog', { name: 'Trust this repository?' })
  await expect(question).toBeVisible()
  const yes = question.getByRole('button', { name: 'Trust', exact: true })
  for (let at = 0; at < 10 && !(await yes.evaluate((element) => element === document.activeElement)); at += 1)
    await keyboard.press('Tab')
  await expect(yes).toBeFocused()
  await keyboard.press('Enter')
  await expect(question).toBeHidden()

  // The palette leads to the setting; what is typed there is kept.
  await keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: /palette/iu })
  await expect(palette).toBeVisible()
  await keyboard.type('checks')
  await keyboard.press('Enter')
  await expect(palette).toBeHidden()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('textbox', { name: 'Checks' })).toBeFocused()
  await keyboard.type('sh check.sh')
  await keyboard.press('Tab')
  await expect.poll(async () => (await world.ask('config', 'get', 'checks')).json).toEqual(['sh check.sh'])
  await keyboard.press('Escape')
  await expect(settings).toBeHidden()

  await keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await expect(dialog.getByRole('textbox', { name: 'Prompt' })).toBeFocused()
  await keyboard.insertText('Add a greeting.\n\nrun:greet')
  await keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  const name = 'add-greeting'
  await expectState(page, name, FINISHED)

  // Into the terminal, where every key is Claude Code's; one chord leads out.
  await keyboard.press('t')
  await expect(terminalText(page).getByRole('textbox')).toBeFocused()
  await keyboard.type('nww')
  await expect(terminalText(page)).toContainText('nww')
  for (let at = 0; at < 3; at += 1) await keyboard.press('Backspace')
  await keyboard.press('ControlOrMeta+Shift+Space')
  await expect(tab(page, name)).toBeFocused()

  // Another name, in place.
  await keyboard.press('F2')
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type('greeting')
  await keyboard.press('Enter')
  await expect(tab(page, 'greeting')).toBeFocused()

  // The sweep leads to what has finished, and opens its review.
  await keyboard.press('w')
  const review = page.getByRole('region', { name: 'Review' })
  await expect(review.getByRole('region', { name: 'Diff' })).toContainText('greet.js')
  await expect.poll(() => review.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await keyboard.press('a')
  await expect(review.getByText(/^Approved [0-9a-f]{7}/u)).toBeVisible()
  await keyboard.press('l')
  await expect(page.getByRole('region', { name: 'Landed' })).toContainText('greeting', { timeout: 30_000 })
  expect(await world.git('log', '-1', '--format=%s', 'main')).toBe('Greet people')

  // Nobody waits any more, and the key says so.
  await keyboard.press('w')
  await expect(page.getByText('Nobody waits for you').first()).toBeVisible()
  expect(await page.evaluate(() => 'pointed' in window)).toBe(false)
})

test('the cascade keeps the order that the keys gave it, also after a reload', async ({ world }) => {
  const { page } = world
  const { keyboard } = page
  await page.getByRole('dialog', { name: 'Trust this repository?' }).getByRole('button', { name: 'Trust', exact: true }).click()
  for (const name of ['one', 'two', 'three']) {
    const { code, json } = await world.ask('session', 'start', name, '--prompt', 'Wait.')
    expect(code, JSON.stringify(json)).toBe(0)
  }
  const names = (): Promise<readonly string[]> =>
    page
      .getByRole('tablist', { name: 'Sessions' })
      .getByRole('tab')
      .evaluateAll((tabs) => tabs.map((one) => one.getAttribute('data-name') ?? ''))
  await expect.poll(names).toEqual(['one', 'two', 'three'])
  await tab(page, 'three').focus()
  await keyboard.press('Enter')
  await keyboard.press('ControlOrMeta+Shift+Space')
  await tab(page, 'three').focus()
  await keyboard.press('3')
  await keyboard.press('Alt+ArrowLeft')
  await keyboard.press('Alt+ArrowLeft')
  await expect.poll(names).toEqual(['three', 'one', 'two'])
  await page.reload()
  await expect.poll(names).toEqual(['three', 'one', 'two'])
  const { json } = await world.ask('session', 'list')
  expect((json as readonly { name: string }[]).map((session) => session.name)).toEqual(['three', 'one', 'two'])
})
