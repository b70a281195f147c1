/** Goes through every view of the app as a user would, and shows each one to a visitor: a camera, or somebody who checks it. */

import { expect, type Page } from '@playwright/test'
import type { Answer } from '../demo/sluice.ts'
import { SESSIONS } from './scenario.ts'

export type Stage = {
  /** Shows the repository of the scenario, opened for the first time. */
  readonly page: Page
  /** Runs `sluice WORDS --json` against the app. */
  ask(...words: readonly string[]): Promise<Answer>
}

/** Sees one view, which stays as it is until the promise is kept. */
export type Visit = (view: string) => Promise<void>

async function asked(stage: Stage, ...words: readonly string[]): Promise<void> {
  const { code, json, stderr } = await stage.ask(...words)
  if (code !== 0) throw new Error(`“sluice ${words.join(' ')}” ended with ${code}: ${JSON.stringify(json)} ${stderr}`)
}

/** Shows a dialog, and closes it again. */
async function dialog(stage: Stage, name: string | RegExp, open: () => Promise<void>, see: () => Promise<void>): Promise<void> {
  const { page } = stage
  await open()
  await page.getByRole('dialog', { name }).waitFor()
  await see()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name })).toBeHidden()
}

const press = (stage: Stage, keys: string) => (): Promise<void> => stage.page.keyboard.press(keys)

/** The keyboard is in nobody's field: single keys are the window's. */
async function rest(stage: Stage): Promise<void> {
  await stage.page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
}

async function selectTab(stage: Stage, name: string): Promise<void> {
  const tab = stage.page.getByRole('tab', { name, exact: true })
  await tab.click()
  await expect(tab).toHaveAttribute('aria-selected', 'true')
  await rest(stage)
}

async function startAll(stage: Stage): Promise<void> {
  await asked(stage, 'config', 'set', 'maxSessions', '8')
  for (const { name, prompt, scope } of SESSIONS) {
    const own = scope.flatMap((glob) => ['--own', glob])
    await asked(stage, 'session', 'start', name, '--prompt', `${prompt}\n\nrun:${name}`, '--model', 'sonnet', ...own)
  }
  for (const { name, until } of SESSIONS) await asked(stage, 'session', 'wait', name, '--state', until, '--timeout', '120')
}

/** One lands, the next conflicts with it. */
async function landOne(stage: Stage): Promise<void> {
  for (const name of ['cart-quantity', 'cart-discount']) {
    await asked(stage, 'session', 'approve', name)
    await asked(stage, 'queue', 'add', name)
    await stage.ask('queue', 'wait', name, '--timeout', '60')
  }
}

async function beforeSessions(stage: Stage, visit: Visit): Promise<void> {
  const { page } = stage
  const question = page.getByRole('dialog', { name: 'Trust this repository?' })
  await question.waitFor()
  await visit('trust')
  await question.getByRole('button', { name: 'Trust', exact: true }).click()
  await expect(question).toBeHidden()
  await page.getByRole('button', { name: 'Use these checks' }).waitFor()
  await visit('first-steps')
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('button', { name: 'Start the first session' }).waitFor()
  await visit('empty')
  await asked(stage, 'config', 'set', 'checks', '["sh check.sh"]')
}

async function dialogs(stage: Stage, visit: Visit): Promise<void> {
  const { page } = stage
  await rest(stage)
  await dialog(stage, 'New session', press(stage, 'n'), async () => {
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Rename “price” to “cost” everywhere, and keep the tests green.')
    await visit('new-session')
    await page.getByRole('textbox', { name: 'Prompt' }).fill('')
  })
  await dialog(stage, /palette/iu, press(stage, 'ControlOrMeta+k'), async () => {
    await visit('palette')
    await page.keyboard.type('sea')
    await visit('palette-found')
  })
  await dialog(stage, /shortcuts/iu, press(stage, '?'), () => visit('shortcuts'))
  await dialog(stage, 'Settings', press(stage, 'ControlOrMeta+,'), async () => {
    for (const tab of await page.getByRole('dialog', { name: 'Settings' }).getByRole('tab').all()) {
      await tab.click()
      await visit(`settings-${((await tab.textContent()) ?? '').trim().toLowerCase().replaceAll(/\W+/gu, '-')}`)
    }
  })
  await dialog(stage, 'Open a repository', press(stage, 'o'), () => visit('open-repository'))
}

/** What goes on with a session, or puts it away and back: the landed one of the tour. */
async function ofOneSession(stage: Stage, visit: Visit): Promise<void> {
  const { page } = stage
  await selectTab(stage, 'cart-quantity')
  await dialog(stage, /^Fork/u, press(stage, 'f'), () => visit('fork'))
  await dialog(stage, 'Timeline', press(stage, 'h'), async () => {
    await expect(page.getByRole('region', { name: 'Events' }).getByRole('listitem').first()).toBeVisible()
    await visit('timeline')
  })
  const choose = async (): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('dialog', { name: /palette/iu })).toBeVisible()
    await page.keyboard.type('import')
    await page.keyboard.press('Enter')
  }
  await dialog(stage, 'Import a worktree', choose, () => visit('import'))
  await rest(stage)
  await dialog(stage, /^Archive “/u, press(stage, 'e'), async () => {
    await expect(page.getByText('Is kept, and comes back')).toBeVisible()
    await visit('archive')
  })
  await asked(stage, 'session', 'archive', 'cart-quantity')
  await expect(page.getByRole('tab', { name: 'cart-quantity', exact: true })).toBeHidden()
  await rest(stage)
  await dialog(stage, 'Archived sessions', press(stage, 'Shift+E'), async () => {
    await expect(page.getByRole('listitem').filter({ hasText: 'cart-quantity' })).toBeVisible()
    await visit('archived-sessions')
  })
}

async function layouts(stage: Stage, visit: Visit): Promise<void> {
  const { page } = stage
  await selectTab(stage, 'price-format')
  await page.getByRole('tab', { name: 'price-format' }).click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  await visit('session-menu')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  for (const [view, keys] of [
    ['two-terminals', 's'],
    ['grid', 'g'],
  ] as const) {
    await rest(stage)
    await page.keyboard.press(keys)
    await visit(view)
    await rest(stage)
    await page.keyboard.press(keys)
  }
  await page.keyboard.press('x')
  await visit('only-review')
  await page.keyboard.press('x')
}

/** Visits every view, from the trust question to five busy sessions, a landing and a conflict. */
export async function tour(stage: Stage, visit: Visit): Promise<void> {
  const { page } = stage
  await beforeSessions(stage, visit)
  await startAll(stage)
  await selectTab(stage, 'price-format')
  await page.getByRole('region', { name: 'Review' }).getByText('Intl.NumberFormat').first().waitFor()
  await visit('review')
  await landOne(stage)
  await selectTab(stage, 'login-redirect')
  await expect(page.getByRole('region', { name: 'Permission for login-redirect' })).toBeVisible()
  await visit('permission')
  await selectTab(stage, 'checkout-total')
  await expect(page.getByRole('region', { name: 'Question of checkout-total' })).toBeVisible()
  await visit('question')
  await selectTab(stage, 'cart-discount')
  await page.getByRole('list', { name: 'Files in conflict' }).waitFor()
  await visit('conflict')
  await dialogs(stage, visit)
  await layouts(stage, visit)
  await ofOneSession(stage, visit)
}
