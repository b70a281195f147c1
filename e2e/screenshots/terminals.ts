/** What the tour does not come by: five sessions at work beside each other, shells, finding, and terminals whose program has ended. */

import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { until } from '../until.ts'
import type { Host } from '../demo/sluice.ts'
import { bash, edit, read, say, type Step } from '../model/scripts.ts'
import type { Visit } from '../tour/tour.ts'

const HOLD_MS = 3_600_000
const hold = (text: string): Step => ({ text, delayMs: HOLD_MS })
const TOTAL = 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 0)\n'

/** Five that work; only the first one changes something, when it is told to go on. */
export const BUSY: Readonly<Record<string, readonly Step[]>> = {
  'cart-quantity': [read('src/price.js'), bash('sh check.sh', 'Check'), say('Quantities are ignored. Shall I count them?')],
  'search-ranking': [read('src/search.js'), hold('I rank by how many words match, and then by where.')],
  'login-redirect': [read('src/login.js'), bash('git log --oneline', 'History'), hold('Only pages of our own may be next.')],
  'price-format': [read('src/price.js'), read('test/price.test.js'), hold('Separators come from Intl.NumberFormat.')],
  'broken-build': [bash('sh check.sh', 'Check'), { status: 529, times: 200 }, say('Never said.')],
  'go-on': [edit('src/price.js', TOTAL, TOTAL.replace('item.price', 'item.price * (item.quantity ?? 1)')), say('Counted.')],
}

const NAMES = Object.keys(BUSY).filter((name) => name !== 'go-on')

export type Terminals = {
  readonly page: Page
  readonly host: Host
  /** Where something may be left. */
  readonly folder: string
  readonly visit: Visit
}

async function told({ host }: Terminals, ...words: readonly string[]): Promise<unknown> {
  const { code, json, stderr } = await host.ask(...words)
  if (code !== 0) throw new Error(`“sluice ${words.join(' ')}” ended with ${code}: ${JSON.stringify(json)} ${stderr}`)
  return json
}

async function set({ host }: Terminals, key: string, value: unknown): Promise<void> {
  const { port, token } = JSON.parse(await readFile(join(host.dataDir, 'host.json'), 'utf8')) as { port: number; token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ key, value })
  await fetch(`http://127.0.0.1:${port}/call/settings.set`, { method: 'POST', headers, body })
}

async function rest({ page }: Terminals): Promise<void> {
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
}

async function press(stage: Terminals, keys: string): Promise<void> {
  await rest(stage)
  await stage.page.keyboard.press(keys)
}

async function select(stage: Terminals, name: string): Promise<void> {
  await stage.page.getByRole('tab', { name, exact: true }).click()
  await rest(stage)
}

async function beside(stage: Terminals, views: readonly [string, string]): Promise<void> {
  for (const [at, keys] of (['s', 'g'] as const).entries()) {
    await press(stage, keys)
    await stage.visit(views[at] ?? keys)
    await press(stage, keys)
  }
}

async function shells(stage: Terminals): Promise<void> {
  const { page, visit } = stage
  await select(stage, 'cart-quantity')
  for (let shell = 1; shell <= 3; shell += 1) {
    await press(stage, 'Shift+n')
    await expect(page.getByRole('region', { name: `Shell ${shell} of cart-quantity` })).toBeVisible()
    // A drawn screen cannot be read: the camera waits for it.
    await page.keyboard.type(`ls -l --color=always; git status; touch ${stage.folder}/shown-${shell}\n`)
    await until(() =>
      access(join(stage.folder, `shown-${shell}`)).then(
        () => true,
        () => null,
      ),
    )
    if (shell === 2) await visit('shells')
  }
  await visit('shells-three')
  await page.keyboard.press('ControlOrMeta+Shift+f')
  await page.keyboard.type('src')
  await visit('find')
  await page.keyboard.press('Escape')
  await page.keyboard.type('exit 3\n')
  await expect(page.getByText('The shell ended (exit code 3).')).toBeVisible()
  await visit('shell-ended')
  await page.getByRole('region', { name: 'Shell 3 of cart-quantity' }).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('tablist', { name: 'Terminals of cart-quantity' }).getByRole('tab', { name: 'Claude' }).click()
}

async function ends(stage: Terminals): Promise<void> {
  const { page, visit } = stage
  await told(stage, 'session', 'stop', 'search-ranking')
  await select(stage, 'search-ranking')
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  await visit('stopped')
  const state = async (): Promise<{ state: string; pid?: number }> =>
    (await told(stage, 'session', 'show', 'price-format')) as { state: string; pid?: number }
  const killed = new Set<number>()
  await until(async () => {
    const { state: now, pid } = await state()
    if (now === 'crashed') return true
    if (pid !== undefined && !killed.has(pid) && now !== 'starting') {
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    return null
  })
  await select(stage, 'price-format')
  await page.getByRole('button', { name: 'Last output' }).click()
  await visit('crashed')
}

/** Shows the repository of the tour, opened and trusted, with no session yet. */
export async function terminals(stage: Terminals): Promise<void> {
  await told(stage, 'config', 'set', 'maxSessions', '5')
  for (const name of NAMES) {
    await told(stage, 'session', 'start', name, '--prompt', `See to it: ${name}.\n\nrun:${name}`, '--model', 'sonnet')
  }
  await told(stage, 'session', 'wait', 'cart-quantity', '--state', 'idle', '--timeout', '300')
  await expect(stage.page.getByRole('tab', { name: 'broken-build', exact: true })).toBeVisible()
  await select(stage, 'broken-build')
  await stage.visit('api-error')
  await select(stage, 'cart-quantity')
  await beside(stage, ['busy-two-fresh', 'busy-grid-fresh'])
  await told(stage, 'session', 'send', 'cart-quantity', 'Yes.\n\nrun:go-on')
  await told(stage, 'session', 'wait', 'cart-quantity', '--state', 'idle', '--timeout', '300')
  await beside(stage, ['busy-two', 'busy-grid'])
  await set(stage, 'density', 'compact')
  await stage.visit('compact')
  await beside(stage, ['compact-two', 'compact-grid'])
  await set(stage, 'density', 'comfortable')
  await shells(stage)
  await ends(stage)
}
