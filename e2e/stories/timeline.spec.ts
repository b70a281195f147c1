/** What happened, as a person reads it, and on as it happens. */

import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  scripts: {
    work: [bash('echo work > work.txt && git add --all && git commit --quiet --message=Work'), say('Done.')],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

test('a turn shows in the timeline of its session, an approval joins it as it happens, and the repository has all', async ({
  world,
}) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'docs', prompt: 'Work.\n\nrun:work' })
  await expectState(page, 'docs', FINISHED)
  await tab(page, 'docs').focus()
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: 'Timeline' })
  const events = dialog.getByRole('region', { name: 'Events' }).getByRole('listitem')
  await expect(events.filter({ hasText: 'Started on the branch sluice/docs' })).toHaveCount(1)
  await expect(events.filter({ hasText: 'Claude Code started' })).toHaveCount(1)
  await expect(events.filter({ hasText: 'Working' }).first()).toBeVisible()
  await expect(events.filter({ hasText: 'The repository was trusted' })).toHaveCount(0)

  const head = (await world.ask('session', 'approve', 'docs')).json as { readonly head: string }
  await expect(events.first()).toContainText(`Approved at ${head.head.slice(0, 7)}`)

  await dialog.getByRole('combobox', { name: 'Of' }).selectOption('')
  await expect(events.filter({ hasText: 'The repository was trusted' })).toHaveCount(1)
  await expect(events.filter({ hasText: /^\d\d:\d\ddocs/u }).first()).toBeVisible()
  await dialog.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Approval and landing' })
  await expect(events).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
