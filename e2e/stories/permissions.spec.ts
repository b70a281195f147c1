/** What a session asks of the user: answered from its card, by key, or in its terminal, whoever is first. */

import type { Locator, Page } from '@playwright/test'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../../shared/model/session.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, focusTerminal, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

const QUESTION = {
  question: 'Which rounding should the totals have?',
  header: 'Rounding',
  options: [
    { label: 'Half up', description: 'As in school' },
    { label: 'Half even', description: 'As in banks' },
  ],
  multiSelect: false,
}

/** No edit and nothing that only reads: Claude Code asks. */
const make = (file: string): string => `node -e "fs.writeFileSync('${file}', '')"`

test.use({
  scripts: {
    ask: [bash(make('made.txt')), say('It is done.')],
    twice: [bash(make('one.txt')), bash(make('two.txt')), say('Both are done.')],
    question: [{ tool: 'AskUserQuestion', input: { questions: [QUESTION] } }, say('Thank you.')],
  },
})

const cardOf = (page: Page, name: string): Locator => page.getByRole('region', { name: `Permission for ${name}` })

async function shown(world: World, name: string): Promise<Session> {
  return (await world.ask('session', 'show', name)).json as Session
}

async function isMade(world: World, name: string, file: string): Promise<boolean> {
  const { worktree } = await shown(world, name)
  return access(join(worktree, file)).then(
    () => true,
    () => false,
  )
}

async function asking(world: World, name: string, script: string): Promise<Locator> {
  await trust(world.page)
  await startSession(world.page, { name, prompt: `Make something.\n\nrun:${script}` })
  await expectState(world.page, name, /permission/iu)
  return cardOf(world.page, name)
}

/** Approve until the card takes it: what comes with the card itself is ignored. */
async function press(page: Page, button: Locator, gone: Locator): Promise<void> {
  await expect(async () => {
    await button.click({ timeout: 2_000 })
    await expect(gone).toBeHidden({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  await expect(page.getByText('Something went wrong')).toBeHidden()
}

test('a permission is approved from its card, which says the tool and what it is for', async ({ world }) => {
  const { page } = world
  const card = await asking(world, 'maker', 'ask')
  await expect(card).toContainText('Bash')
  await expect(card.getByRole('region', { name: /used for/u })).toContainText(make('made.txt'))
  await expect(tab(page, 'maker')).toHaveAccessibleDescription(/Bash: node -e .*made\.txt/u)
  expect(await isMade(world, 'maker', 'made.txt')).toBe(false)
  await press(page, card.getByRole('button', { name: 'Approve' }), card)
  await expectState(page, 'maker', FINISHED)
  await expect(terminalText(page)).toContainText('It is done.')
  expect(await isMade(world, 'maker', 'made.txt')).toBe(true)
  // Nothing that has the focus now would give the next key to Claude Code.
  await expect(tab(page, 'maker')).toBeFocused()
})

test('a permission is denied by key', async ({ world }) => {
  const { page } = world
  const card = await asking(world, 'maker', 'ask')
  await expect(card).toBeVisible()
  await tab(page, 'maker').focus()
  await expect(async () => {
    await page.keyboard.press('Alt+N')
    await expect(card).toBeHidden({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  await expectState(page, 'maker', FINISHED)
  expect(await isMade(world, 'maker', 'made.txt')).toBe(false)
})

test('an answer in the terminal clears the card', async ({ world }) => {
  const { page } = world
  const card = await asking(world, 'maker', 'ask')
  await card.getByRole('button', { name: 'Answer in the terminal' }).click()
  await expect(terminalText(page).getByRole('textbox', { name: /terminal/iu })).toBeFocused()
  await expect(terminalText(page)).toContainText('Do you want to proceed?')
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(card).toBeHidden({ timeout: 3_000 })
  }).toPass({ timeout: 20_000 })
  await expectState(page, 'maker', FINISHED)
  expect(await isMade(world, 'maker', 'made.txt')).toBe(true)
})

test('one permission after the other has a card of its own', async ({ world }) => {
  const { page } = world
  const card = await asking(world, 'maker', 'twice')
  const first = card.getByRole('region', { name: /used for/u }).filter({ hasText: 'one.txt' })
  await press(page, card.getByRole('button', { name: 'Approve' }), first)
  await expect(card.getByRole('region', { name: /used for/u })).toContainText('two.txt', { timeout: 30_000 })
  expect(await isMade(world, 'maker', 'two.txt')).toBe(false)
  await press(page, card.getByRole('button', { name: 'Approve' }), card)
  await expectState(page, 'maker', FINISHED)
  expect([await isMade(world, 'maker', 'one.txt'), await isMade(world, 'maker', 'two.txt')]).toEqual([true, true])
})

test('a question shows with its answers and leads into the terminal', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'asker', prompt: 'Ask me.\n\nrun:question' })
  await expectState(page, 'asker', /asks/iu)
  const card = page.getByRole('region', { name: 'Question of asker' })
  await expect(card).toContainText(QUESTION.question)
  await expect(card.getByRole('list', { name: 'Answers it offers' }).getByRole('listitem')).toHaveText(['Half up', 'Half even'])
  await card.getByRole('button', { name: 'Answer in the terminal' }).click()
  await focusTerminal(page)
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(card).toBeHidden({ timeout: 3_000 })
  }).toPass({ timeout: 20_000 })
  await expect(terminalText(page)).toContainText('Thank you.')
})
