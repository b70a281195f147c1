/** The first minutes: trust, refusals that keep what was typed, and a Claude Code that is not there. */

import { mkdir } from 'node:fs/promises'
import { say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({ scripts: { hello: [say('Hello.')] } })

test('nothing starts before the repository is trusted', async ({ world }) => {
  const { page } = world
  await page.getByRole('button', { name: 'Not now' }).click()
  const refused = await world.ask('session', 'start', 'early', '--prompt', 'Hello')
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'untrusted' } } })
  expect(await world.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
})

test('a name that is taken or not allowed keeps the dialog and the text', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  await mkdir(`${repository}.worktrees/occupied/by`, { recursive: true })
  await world.git('branch', 'sluice/reserved')

  await page.getByRole('button', { name: 'New session' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill('A long prompt that nobody wants to type twice.')
  for (const [name, sentence] of [
    ['reserved', /sluice\/reserved/u],
    ['occupied', /occupied/u],
  ] as const) {
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Start session' }).click()
    await expect(dialog.getByRole('alert').filter({ hasText: sentence })).toBeVisible()
    await expect(dialog.getByRole('textbox', { name: 'Prompt' })).toHaveValue('A long prompt that nobody wants to type twice.')
  }
  await dialog.getByRole('textbox', { name: 'Name' }).fill('a..b')
  await expect(dialog.getByRole('alert').filter({ hasText: 'cannot contain “..”' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect(await world.git('worktree', 'list')).not.toContain('occupied')
  expect(await world.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main\nsluice/reserved')

  await page.getByRole('button', { name: 'New session' }).first().click()
  await expect(dialog.getByRole('textbox', { name: 'Prompt' })).toHaveValue('A long prompt that nobody wants to type twice.')
})

test('a session that is stopped is resumed with its conversation', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'again', prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, 'again', FINISHED)
  const stopped = await world.ask('session', 'stop', 'again')
  expect(stopped).toMatchObject({ code: 0, json: { state: 'exited' } })
  await expectState(page, 'again', /ended|exited|stopped/iu)
  const resumed = await world.ask('session', 'resume', 'again')
  expect(resumed, JSON.stringify(resumed.json)).toMatchObject({ code: 0 })
  expect((await world.ask('session', 'wait', 'again', '--state', 'idle', '--timeout', '30')).code).toBe(0)
  await expect(page.getByRole('region', { name: 'Terminal' })).toContainText('Hello.')
  await expect(tab(page, 'again')).toHaveAttribute('aria-selected', 'true')
})

test.describe('without Claude Code', () => {
  test.use({ claude: '/usr/bin/true' })

  test('the sentence names the program that was tried, and nothing is left', async ({ world }) => {
    await trust(world.page)
    const refused = await world.ask('session', 'start', 'lonely', '--prompt', 'Hello')
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'no-claude' } } })
    expect(JSON.stringify(refused.json)).toContain('/usr/bin/true')
    expect(await world.git('worktree', 'list')).not.toContain('lonely')
    expect(await world.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
  })
})
