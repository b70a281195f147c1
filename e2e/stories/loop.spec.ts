/** The whole loop, once, by hand in the page: start, watch, review, approve, land. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../../shared/model/session.ts'
import { bash, say, write } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'check.sh': 'test -f src/greet.js\n' },
  scripts: {
    greet: [
      write('src/greet.js', 'export const greet = (name) => `Hello, ${name}!`\n'),
      bash('git add --all && git commit --quiet --message="Greet people"'),
      say('There is a greeting now.'),
    ],
  },
})

test('a session goes from one click to the target', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  expect((await world.ask('config', 'set', 'checks', '["sh check.sh"]')).code).toBe(0)

  await startSession(page, { name: 'greeting', prompt: 'Add a greeting.\n\nrun:greet' })
  await expectState(page, 'greeting', FINISHED)
  const { json } = await world.ask('session', 'show', 'greeting')
  const session = json as Session
  expect(session).toMatchObject({
    branch: 'sluice/greeting',
    worktree: `${repository}.worktrees/greeting`,
    ahead: 1,
    dirty: false,
    insertions: 1,
  })

  const review = page.getByRole('region', { name: 'Review' })
  await expect(review.getByRole('region', { name: 'Diff' })).toContainText('greet.js')
  await expect(review.getByText('export const greet', { exact: false }).first()).toBeVisible()
  await review.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(review.getByText(`Approved ${session.head.slice(0, 7)}`)).toBeVisible()
  await review.getByRole('button', { name: 'Land', exact: true }).click()

  const landed = page.getByRole('region', { name: 'Landed' })
  await expect(landed).toContainText('greeting', { timeout: 30_000 })
  expect(await world.git('rev-parse', 'refs/heads/main')).toBe(session.head)
  expect(await world.git('status', '--porcelain')).toBe('')
  expect(await readFile(join(repository, 'src/greet.js'), 'utf8')).toContain('Hello')
  expect(await world.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main\nrefs/heads/sluice/greeting')

  const billed = world.model.books().length
  expect(billed).toBeGreaterThan(2)
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText(/\$0\.\d\d/u)
  await expect(tab(page, 'greeting')).toContainText('$0.')
})
