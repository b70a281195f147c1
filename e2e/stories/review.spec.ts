/** What the page must not stumble over, and the ways out that it offers. */

import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'old name.txt': 'one\ntwo\nthree\nfour\nfive\n' },
  scripts: {
    odd: [
      bash(
        'rm README.md && ln -s "old name.txt" README.md && git mv "old name.txt" "nëw/-name.txt" 2>/dev/null || { mkdir nëw && git mv "old name.txt" "nëw/-name.txt"; }',
      ),
      bash('printf "\\000\\001" > blob.bin && git add --all && git commit --quiet --message=Odd'),
      say('Odd files.'),
    ],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

test('a link, a rename and a binary file are shown, and a session is stopped and started again from its tab', async ({
  world,
}) => {
  const { page } = world
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await trust(page)
  await startSession(page, { name: 'odd', prompt: 'Do odd things.\n\nrun:odd' })
  await expectState(page, 'odd', FINISHED)
  await page
    .getByRole('region', { name: 'Review' })
    .getByRole('button', { name: /^Files/u })
    .click()
  const files = page.getByRole('tree', { name: 'Changed files' })
  await expect(files).toContainText('README.md')
  await expect(files).toContainText('-name.txt')
  await expect(files).toContainText('blob.bin')
  await page.keyboard.press('Escape')

  await tab(page, 'odd').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  await expect(page.getByRole('region', { name: 'Terminal' })).toContainText('Claude Code was stopped (exit code 143).')
  // Its work waits for the user all the same.
  await expectState(page, 'odd', /to review/iu)
  await page.getByRole('button', { name: 'Session odd' }).click()
  await page.getByRole('menuitem', { name: 'Resume' }).click()
  await expectState(page, 'odd', FINISHED)

  await page.getByRole('region', { name: 'Review' }).getByRole('button', { name: 'Approve and land' }).click()
  await expect(page.getByRole('region', { name: 'Landed' })).toContainText('odd', { timeout: 30_000 })
  expect(await world.git('show', '--stat=200', '--format=%s', 'main')).toContain('Odd')
  expect(await world.git('status', '--porcelain')).toBe('')
  expect(faults).toEqual([])
})
