/** The window around the work: settings and keys of the user's own, order by drag, terminals side by side, news, a line that breaks. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bash, say, write } from '../model/scripts.ts'
import { expectState, FINISHED, focusTerminal, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'check.sh': 'test ! -e broken.txt\n' },
  scripts: {
    note: [write('note.txt', 'A note.\n'), bash('git add --all && git commit --quiet --message="Note"'), say('Noted.')],
    install: [{ tool: 'Bash', input: { command: 'npm install zod', description: 'Install zod' } }, say('Installed.')],
  },
})

async function started(world: World, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const { code, json } = await world.ask('session', 'start', name, '--prompt', 'Wait.')
    expect(code, JSON.stringify(json)).toBe(0)
  }
  for (const name of names) expect((await world.ask('session', 'wait', name, '--state', 'idle', '--timeout', '60')).code).toBe(0)
}

const cascade = ({ page }: World): Promise<readonly string[]> =>
  page
    .getByRole('tablist', { name: 'Sessions' })
    .getByRole('tab')
    .evaluateAll((tabs) => tabs.map((one) => one.getAttribute('data-name') ?? ''))

test('a setting and a key of the user’s own hold at once, and after a reload', async ({ world }) => {
  const { page } = world
  await trust(page)
  await page.keyboard.press('ControlOrMeta+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await settings.getByRole('radiogroup', { name: 'Density' }).getByText('Compact').click()
  await settings.getByRole('tab', { name: 'Shortcuts' }).click()
  const line = settings.getByRole('listitem').filter({ hasText: 'New session' })
  await line.getByRole('button').first().click()
  await page.keyboard.press('w')
  await expect(line).toContainText('Go to whoever waits longest')
  await page.keyboard.press('y')
  await expect(line).toContainText('Y')
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()

  for (const again of [false, true]) {
    if (again) await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
    await expect(page.getByRole('main', { name: 'No sessions' })).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('y')
    await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible()
    await page.keyboard.press('Escape')
  }
})

test('a tab is dragged to its place, and the landing order follows', async ({ world }) => {
  const { page } = world
  await trust(page)
  await started(world, 'one', 'two', 'three')
  await expect.poll(() => cascade(world)).toEqual(['one', 'two', 'three'])
  await tab(page, 'one').dragTo(tab(page, 'three'), { targetPosition: { x: 140, y: 20 } })
  await expect.poll(() => cascade(world)).toEqual(['two', 'three', 'one'])
  await expect
    .poll(async () => ((await world.ask('session', 'list')).json as readonly { name: string }[]).map(({ name }) => name))
    .toEqual(['two', 'three', 'one'])
})

test('two terminals stand side by side, and each takes its own keys', async ({ world }) => {
  const { page } = world
  await trust(page)
  await started(world, 'left', 'right')
  await tab(page, 'left').click()
  await page.keyboard.press('s')
  const beside = page.getByRole('region', { name: 'Terminal of right' })
  await beside.getByRole('textbox', { name: /terminal/iu }).focus()
  await page.keyboard.type('for the right one')
  await expect(beside).toContainText('for the right one')
  await focusTerminal(page)
  await page.keyboard.type('for the left one')
  await expect(terminalText(page)).toContainText('for the left one')
  await expect(terminalText(page)).not.toContainText('for the right one')
})

test('news come only while nobody looks, and a click leads there', async ({ world }) => {
  const { page } = world
  await trust(page)
  await page.addInitScript(() => {
    const told: { title: string; clicked: (() => void) | null }[] = []
    class Recorded {
      static permission = 'granted'
      static requestPermission = async (): Promise<string> => 'granted'
      clicked: (() => void) | null = null
      readonly title: string
      constructor(title: string) {
        this.title = title
        told.push(this)
      }
      close(): void {}
      addEventListener(kind: string, listener: () => void): void {
        if (kind === 'click') this.clicked = listener
      }
    }
    Object.assign(window, { Notification: Recorded, told })
  })
  await page.reload()
  const told = (): Promise<readonly string[]> =>
    page.evaluate(() => (window as unknown as { told: { title: string }[] }).told.map(({ title }) => title))

  await startSession(page, { name: 'seen', prompt: 'Note it.\n\nrun:note' })
  await expectState(page, 'seen', FINISHED)
  expect(await told()).toEqual([])

  await page.evaluate(() => {
    document.hasFocus = () => false
    window.dispatchEvent(new Event('blur'))
  })
  const { code } = await world.ask('session', 'start', 'asks', '--prompt', 'Install it.\n\nrun:install')
  expect(code).toBe(0)
  await expect.poll(told, { timeout: 60_000 }).toEqual([expect.stringContaining('asks')])
  await expect.poll(() => page.title()).toMatch(/^\(2\) shop/u)
  await page.evaluate(() => (window as unknown as { told: { clicked: () => void }[] }).told[0]?.clicked())
  await expect(tab(page, 'asks')).toHaveAttribute('aria-selected', 'true')
  await expect(terminalText(page)).toContainText('npm install zod')
})

test('what is typed while the line is down is kept, offered, and never sent by itself', async ({ world }) => {
  const { page } = world
  await trust(page)
  await started(world, 'patient')
  const line: { cut: () => void; closed: boolean } = { cut: () => undefined, closed: false }
  await page.routeWebSocket(/\/socket$/u, (socket) => {
    if (line.closed) return void socket.close()
    const server = socket.connectToServer()
    line.cut = () => {
      void socket.close()
      void server.close()
    }
  })
  await page.reload()
  await expect(terminalText(page)).toContainText('Wait.')
  await focusTerminal(page)
  line.closed = true
  line.cut()
  await expect(page.getByText(/^Sluice is not reachable/u).filter({ visible: true })).toBeVisible()
  await page.keyboard.type('kept words')
  await expect(terminalText(page)).toContainText('Not connected')
  await expect(terminalText(page)).toContainText('kept words')
  line.closed = false
  const offer = terminalText(page).getByRole('button', { name: 'Type it' })
  await expect(offer).toBeVisible({ timeout: 30_000 })
  const billed = world.model.books().length
  await offer.click()
  await expect(offer).toBeHidden()
  await expect(terminalText(page).locator('.xterm-rows')).toContainText('kept words')
  expect(world.model.books()).toHaveLength(billed)
})

test('a Sluice that hangs is noticed, and one that goes on is found again', async ({ world }) => {
  const { page } = world
  await trust(page)
  const { pid } = JSON.parse(await readFile(join(world.dataDir, 'host.json'), 'utf8')) as { pid: number }
  const gone = page.getByText(/^Sluice is not reachable/u).filter({ visible: true })
  process.kill(pid, 'SIGSTOP')
  try {
    await expect(gone).toBeVisible({ timeout: 30_000 })
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await expect(gone).toBeHidden({ timeout: 30_000 })
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog', { name: 'New session' })).toBeVisible()
})

test('the sweep goes from one to the next, and no key of it answers a program', async ({ world }) => {
  const { page } = world
  await trust(page)
  for (const name of ['first', 'second'])
    expect((await world.ask('session', 'start', name, '--prompt', 'Install it.\n\nrun:install')).code).toBe(0)
  for (const name of ['first', 'second'])
    expect((await world.ask('session', 'wait', name, '--state', 'needs-permission', '--timeout', '60')).code).toBe(0)
  await tab(page, 'first').click()
  await page.keyboard.press('w')
  await expect(tab(page, 'second')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('w')
  await expect(tab(page, 'first')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('1')
  await expect(terminalText(page)).toContainText('npm install zod')
  for (const name of ['first', 'second'])
    expect((await world.ask('session', 'show', name)).json).toMatchObject({ state: 'needs-permission' })
  // Enter leads in, and there the key is the program's.
  await page.keyboard.press('Enter')
  await expect(terminalText(page).getByRole('textbox')).toBeFocused()
})
