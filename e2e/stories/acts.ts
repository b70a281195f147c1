/** What a user does, by role and name, for stories to say. */

import type { Locator, Page } from '@playwright/test'
import { expect } from './fixture.ts'

/** Answers the trust question of a repository that is opened for the first time. */
export async function trust(page: Page): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Trust this repository?' })
  await question.getByRole('button', { name: 'Trust', exact: true }).click()
  await expect(question).toBeHidden()
}

export function tab(page: Page, name: string): Locator {
  return page.getByRole('tab', { name, exact: true })
}

/** Starts a session through the dialog, and waits until its tab is there. */
export async function startSession(page: Page, session: { readonly name?: string; readonly prompt: string }): Promise<void> {
  await page.getByRole('button', { name: 'New session' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill(session.prompt)
  if (session.name !== undefined) await dialog.getByRole('textbox', { name: 'Name' }).fill(session.name)
  await dialog.getByRole('button', { name: 'Start session' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  if (session.name !== undefined) await expect(tab(page, session.name)).toBeVisible()
}

/** What a tab says of a session whose turn is over: with work to look at, or without. */
export const FINISHED = /idle|to review/iu

/** Waits until the tab of a session says this word. */
export async function expectState(page: Page, name: string, word: RegExp): Promise<void> {
  await expect(tab(page, name)).toHaveAccessibleDescription(word, { timeout: 60_000 })
}

/** What the terminal shows, as text: xterm's own accessible rows are what a screen reader gets. */
export function terminalText(page: Page): Locator {
  return page.getByRole('region', { name: 'Terminal', exact: true })
}

/** Puts the keyboard into the terminal. */
export async function focusTerminal(page: Page): Promise<void> {
  await terminalText(page)
    .getByRole('textbox', { name: /terminal/iu })
    .focus()
}
