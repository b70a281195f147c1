/** A second session from the same conversation, and one that only looks. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../../shared/model/session.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'price.txt': '100\n' },
  scripts: {
    work: [bash('echo work > work.txt && git add --all && git commit --quiet --message=Work'), say('The price is 100.')],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

const session = async (world: World, name: string): Promise<Session> => (await world.ask('session', 'show', name)).json as Session

test('a fork knows what was said, starts from the last commit, and leaves what is uncommitted where it is', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'price', prompt: 'Work.\n\nrun:work' })
  await expectState(page, 'price', FINISHED)
  const first = await session(world, 'price')
  await writeFile(join(first.worktree, 'price.txt'), '200\n')
  await tab(page, 'price').focus()
  await page.keyboard.press('f')
  const dialog = page.getByRole('dialog', { name: 'Fork “price”' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('price-2')
  await expect(dialog).toContainText('not carried over')
  await dialog.getByRole('button', { name: 'Fork session' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'price-2')).toHaveAttribute('aria-selected', 'true')
  await expectState(page, 'price-2', /idle|to review/iu)
  await expect(terminalText(page)).toContainText('The price is 100.')

  const fork = await session(world, 'price-2')
  expect(fork).toMatchObject({ head: first.head, dirty: false, forkedFrom: first.id, research: false })
  expect(fork.claudeSession).not.toBe(first.claudeSession)
  expect(await world.git('-C', fork.worktree, 'show', 'HEAD:price.txt')).toBe('100')
})

test('a research session has no worktree, and the main checkout stays as it is', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  await page.getByRole('button', { name: 'New session' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Look around.\n\nrun:work')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('look')
  await dialog.getByText('Research', { exact: true }).click()
  await expect(dialog).toContainText('never lands')
  await dialog.getByRole('button', { name: 'Start session' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'look')).toBeVisible()
  await expect
    .poll(async () => (await session(world, 'look')).state, { timeout: 60_000 })
    .toMatch(/^(?:idle|asks|needs-permission)$/u)
  expect(await session(world, 'look')).toMatchObject({ research: true, worktree: repository, permissionMode: 'plan' })
  expect((await world.git('worktree', 'list')).split('\n')).toHaveLength(1)
  expect(await world.git('status', '--porcelain')).toBe('')
  expect(await world.git('log', '--format=%s', 'main')).toBe('First')
})

test('a session over the limit waits its turn without an error', async ({ world }) => {
  const { page } = world
  await trust(page)
  await world.ask('config', 'set', 'maxSessions', '1')
  await startSession(page, { name: 'first', prompt: 'Work.\n\nrun:work' })
  await expectState(page, 'first', FINISHED)
  await page.getByRole('button', { name: 'New session' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New session' })
  await dialog.getByRole('textbox', { name: 'Prompt' }).fill('Work.\n\nrun:work')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('second')
  await dialog.getByRole('button', { name: 'Start when there is room' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'second')).toBeVisible()
  await expect.poll(async () => (await session(world, 'second')).place).toBe(1)
  await world.ask('session', 'stop', 'first')
  await expectState(page, 'second', FINISHED)
})

test('a long setup shows in the terminal of its tab, and the dialog is gone meanwhile', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  await world.ask('config', 'set', 'setup', `echo setting-things-up; while [ ! -e ${repository}/.git/go ]; do sleep 0.1; done`)
  await startSession(page, { name: 'slow', prompt: 'Work.\n\nrun:work' })
  await expect(tab(page, 'slow')).toHaveAttribute('aria-selected', 'true')
  await expect(terminalText(page)).toContainText('setting-things-up')
  expect((await session(world, 'slow')).settingUp).toBe(true)
  await writeFile(join(repository, '.git/go'), '')
  await expectState(page, 'slow', FINISHED)
})

test('a worktree that is there already becomes a session by keys alone, and stays as it is', async ({ world }) => {
  const { page, repository } = world
  const path = `${repository}-hotfix`
  await trust(page)
  await world.git('worktree', 'add', '--quiet', '-b', 'hotfix', path)
  await writeFile(join(path, 'price.txt'), '300\n')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('import a worktree')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Import a worktree' })
  await expect(dialog.getByRole('radio')).toHaveCount(1)
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('hotfix')
  await expect(dialog.getByRole('radio')).toBeFocused()
  for (const _ of ['to the name', 'to “Cancel”', 'to “Import”']) await page.keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: 'Import' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'hotfix')).toHaveAttribute('aria-selected', 'true')
  expect(await session(world, 'hotfix')).toMatchObject({ worktree: path, branch: 'hotfix', state: 'exited', dirty: true })
})
