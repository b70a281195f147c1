/** Plain shells beside Claude Code: opened, used, switched, ended, started again and closed by a user. */

import type { Locator, Page } from '@playwright/test'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, focusTerminal, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

/** No edit and nothing that only reads: Claude Code asks. */
const MAKE = `node -e "fs.writeFileSync('made.txt', '')"`

test.use({ scripts: { hello: [say('Hello to you.')], ask: [bash(MAKE), say('It is done.')] } })

const shell = (page: Page, number = 1, of = 'login'): Locator =>
  page.getByRole('region', { name: `Shell ${number} of ${of}`, exact: true })
const row = (page: Page, of = 'login'): Locator => page.getByRole('tablist', { name: `Terminals of ${of}` })

async function begin({ page }: World, name = 'login'): Promise<void> {
  await startSession(page, { name, prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, name, FINISHED)
}

const keyboard = (of: Locator): Locator => of.getByRole('textbox', { name: /terminal/iu })

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Types a line, once the shell is ready for one. */
async function type(page: Page, of: Locator, line: string, prints: string | RegExp): Promise<void> {
  await of.getByRole('textbox', { name: /terminal/iu }).focus()
  await page.keyboard.type(`${line}\n`)
  await expect(of).toContainText(prints)
}

test.beforeEach(async ({ world }) => {
  await world.page.setViewportSize({ width: 1600, height: 900 })
  await trust(world.page)
  await begin(world)
})

test('a shell runs in the worktree of its session; tabs lead to it and back, also after a reload', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  // The keyboard is in it at once.
  await expect(shell(page)).toContainText(/[$#] *$/u)
  await page.keyboard.type('echo "$PWD $SLUICE_SESSION" $((6 * 7))\n')
  await expect(shell(page)).toContainText('shop.worktrees/login login 42')
  await expect(row(page).getByRole('tab')).toHaveText(['Claude', 'Shell 1'])

  await row(page).getByRole('tab', { name: 'Shell 1' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(terminalText(page)).toContainText('Hello to you.')
  await expect(row(page).getByRole('tab', { name: 'Claude' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(shell(page)).toContainText('login 42')

  await page.reload()
  await expect(shell(page)).toContainText('shop.worktrees/login login 42')
  await type(page, shell(page), 'echo still-$((40 + 3))', 'still-43')
})

test('each session shows the tab that was chosen for it', async ({ world }) => {
  const { page } = world
  await tab(page, 'login').focus()
  await page.keyboard.press('Shift+n')
  await type(page, shell(page), 'echo here-$((6 * 7))', 'here-42')
  await begin(world, 'cart')
  await expect(terminalText(page)).toContainText('Hello to you.')
  await tab(page, 'login').click()
  await expect(shell(page)).toContainText('here-42')
  await tab(page, 'login').focus()
  await page.keyboard.press('}')
  await expect(terminalText(page)).toContainText('Hello to you.')
  await page.keyboard.press('{')
  await expect(shell(page)).toContainText('here-42')
})

test('from within a terminal chords open a shell and lead along the row', async ({ world }) => {
  const { page } = world
  await focusTerminal(page)
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await type(page, shell(page), 'echo first-$((6 * 7))', 'first-42')
  await page.keyboard.press('ControlOrMeta+Shift+Enter')
  await type(page, shell(page, 2), 'echo second-$((6 * 7))', 'second-42')
  await page.keyboard.press('ControlOrMeta+Shift+PageUp')
  await expect(shell(page)).toContainText('first-42')
  await page.keyboard.type('echo typed-$((6 * 7))\n')
  await expect(shell(page)).toContainText('typed-42')
  await page.keyboard.press('ControlOrMeta+Shift+PageUp')
  await expect(terminalText(page)).toContainText('Hello to you.')
})

test('a shell that ended says how, and Enter starts it again in its place', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  await type(page, shell(page), 'echo before; exit 3', 'The shell ended (exit code 3).')
  // What is typed on without looking starts nothing; then Enter does.
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(shell(page)).not.toContainText('The shell ended', { timeout: 500 })
  }).toPass()
  await type(page, shell(page), 'echo after-$((6 * 7))', 'after-42')
  await expect(shell(page)).toContainText('before')
  await type(page, shell(page), 'kill -KILL $$', 'The shell was ended by SIGKILL.')
  await shell(page).getByRole('button', { name: 'Restart' }).click()
  await expect(shell(page)).not.toContainText('SIGKILL.')
  await expect(keyboard(shell(page))).toBeFocused()
  await expect(shell(page)).toContainText(/[$#] *$/u)
  await page.keyboard.type('echo again-$((6 * 7))\n')
  await expect(shell(page)).toContainText('again-42')
  await page.keyboard.type('exit\n')
  await expect(shell(page)).toContainText('The shell ended (exit code 0).')
  await shell(page).getByRole('button', { name: 'Close' }).click()
  await expect(terminalText(page)).toContainText('Hello to you.')
  await expect(row(page)).toHaveCount(0)
  await expect(keyboard(terminalText(page))).toBeFocused()
})

test('closing asks only while a program runs, and leaves nothing of it', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  await type(page, shell(page), 'echo pid-$$-', /pid-\d+-/u)
  const [, pid] = /pid-(\d+)-/u.exec((await shell(page).textContent()) ?? '') ?? []
  await page.keyboard.type('sleep 4321\n')
  await expect(shell(page)).toContainText('sleep 4321')
  const question = page.getByRole('dialog', { name: 'Close Shell 1?' })
  await expect(async () => {
    await row(page).getByRole('tab', { name: 'Shell 1' }).click({ button: 'middle' })
    await expect(question).toContainText('“sleep 4321” runs in this shell.', { timeout: 2000 })
  }).toPass()
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(keyboard(shell(page))).toBeFocused()
  await row(page).getByRole('tab', { name: 'Shell 1' }).focus()
  await page.keyboard.press('Delete')
  await question.getByRole('button', { name: 'Close the shell' }).click()
  await expect(question).toBeHidden()
  await expect(row(page)).toHaveCount(0)
  await expect(terminalText(page)).toContainText('Hello to you.')
  await expect(keyboard(terminalText(page))).toBeFocused()
  await expect.poll(() => isThere(Number(pid))).toBe(false)
})

test('what is opened over a terminal and left gives the keyboard back to it', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  await type(page, shell(page), 'echo here-$((6 * 7))', 'here-42')
  await page.locator('[data-terminal] .xterm-screen').click({ button: 'right', position: { x: 200, y: 200 } })
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(keyboard(shell(page))).toBeFocused()
  await row(page).getByRole('tab', { name: 'Shell 1' }).focus()
  await page.keyboard.press('Delete')
  await expect(row(page)).toHaveCount(0)
  await expect(keyboard(terminalText(page))).toBeFocused()
})

test('Enter that was meant for something else archives nothing', async ({ world }) => {
  const { page } = world
  await tab(page, 'login').focus()
  await page.keyboard.type('e\n')
  const dialog = page.getByRole('dialog', { name: 'Archive “login”' })
  const archive = dialog.getByRole('button', { name: 'Archive', exact: true })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(archive).not.toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(tab(page, 'login')).toBeVisible()
})

test('what the session asks for stands above its shell, and is answered there', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  await type(page, shell(page), 'echo here-$((6 * 7))', 'here-42')
  expect((await world.ask('session', 'send', 'login', 'Make something.\n\nrun:ask')).code).toBe(0)
  await expectState(page, 'login', /permission/iu)
  await expect(shell(page).getByRole('region', { name: 'Permission for login' })).toContainText('Bash')
  await expect(shell(page)).toContainText('here-42')
  await expect(async () => {
    await tab(page, 'login').focus()
    await page.keyboard.press('Alt+y')
    // A card that has only just come takes no answer.
    await expect(tab(page, 'login')).toHaveAccessibleDescription(FINISHED, { timeout: 5_000 })
  }).toPass()
  await page.keyboard.press('}')
  await expect(terminalText(page)).toContainText('It is done.')
})

test('a shell that another window closes leaves the keyboard to no other terminal', async ({ world }) => {
  const { page } = world
  await terminalText(page).getByRole('button', { name: 'New shell' }).click()
  await type(page, shell(page), 'echo here-$((6 * 7))', 'here-42')
  const other = await page.context().newPage()
  await other.setViewportSize({ width: 1600, height: 900 })
  await other.goto(page.url())
  await row(other).getByRole('tab', { name: 'Shell 1' }).click({ button: 'middle' })
  await expect(row(other)).toHaveCount(0)
  await expect(terminalText(page)).toContainText('Hello to you.')
  await expect(tab(page, 'login')).toBeFocused()
  // The next one has its number; it comes on show where it was opened, and takes nobody's place here.
  const shown = row(other).getByRole('tab', { selected: true })
  await expect(async () => {
    await other.getByRole('button', { name: 'New shell' }).click()
    await expect(shown).toHaveText(/^Shell/u)
    if ((await shown.textContent()) === 'Shell 1') return
    // The first one still ends.
    await shown.click({ button: 'middle' })
    await expect(row(other)).toHaveCount(0)
    throw new Error('It has another number.')
  }).toPass()
  await expect(row(page).getByRole('tab')).toHaveText(['Claude', 'Shell 1'])
  await expect(terminalText(page)).toContainText('Hello to you.')
  await expect(row(page).getByRole('tab', { name: 'Claude' })).toHaveAttribute('aria-selected', 'true')
  await other.close()
})
