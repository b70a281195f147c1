/** What a session left behind, in the user's own hands: committed, amended, taken back, and said why it cannot become a pull request. */

import { say, write } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({ scripts: { leave: [write('src/cart.js', 'export const cart = 1\n'), say('It is there, not committed.')] } })

test('what a session left uncommitted is committed, amended and taken back', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'cart', prompt: 'Add a cart.\n\nrun:leave' })
  await expectState(page, 'cart', FINISHED)
  const review = page.getByRole('region', { name: 'Review', exact: true })
  await review.focus()
  await page.keyboard.press('Shift+C')
  const dialog = page.getByRole('dialog', { name: /^Commit in/u })
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Add a cart')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden()
  expect((await world.git('log', '-1', '--format=%s', 'sluice/cart')).trim()).toBe('Add a cart')

  await review.focus()
  await page.keyboard.press('Shift+C')
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue('Add a cart')
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Add the cart')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden()
  expect((await world.git('log', '--format=%s', 'main..sluice/cart')).trim()).toBe('Add the cart')
  expect(await world.git('for-each-ref', 'refs/sluice/backup/cart/')).not.toBe('')

  // Without a remote nothing can be pushed, and the dialog says so.
  await review.focus()
  await page.keyboard.press('Shift+P')
  const pull = page.getByRole('dialog', { name: /^Open a pull request/u })
  await expect(pull).toContainText('The repository has no remote to push to.')
  await expect(pull.getByRole('textbox', { name: 'Title' })).toHaveValue('Add the cart')
  await pull.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('button', { name: 'More for src/cart.js' }).click()
  await page.getByRole('menuitem', { name: 'Discard all its changes…' }).click()
  const question = page.getByRole('dialog', { name: 'Discard all changes of src/cart.js?' })
  await question.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(question).toBeHidden()
  const snapshot = (await world.git('for-each-ref', '--format=%(objectname)', 'refs/sluice/snapshots/cart/')).trim()
  expect((await world.git('show', `${snapshot}:src/cart.js`)).trim()).toBe('export const cart = 1')
  const { json } = await world.ask('diff', 'cart', '--of', 'uncommitted')
  expect(json).toMatchObject({ files: [{ path: 'src/cart.js', status: 'deleted' }] })
})
