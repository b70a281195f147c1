/** The list of changed files: gone through, filtered and marked as viewed with the keyboard, and what is marked survives. */

import { AxeBuilder } from '@axe-core/playwright'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({
  files: { 'README.md': '# Shop\n', 'src/cart/total.js': 'export const total = 1\n' },
  scripts: {
    spread: [
      bash(
        'mkdir -p src/cart docs && printf "export const total = 2\\n" > src/cart/total.js && printf "export const tax = 3\\n" > src/cart/tax.js',
      ),
      bash('git mv README.md docs/README.md && printf "export const zoo = 4\\n" > src/zoo.js'),
      bash('git add --all && git commit --quiet --message=Spread'),
      say('Spread.'),
    ],
  },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

test('files are gone through, filtered and marked as viewed with the keyboard, and the marks survive', async ({ world }) => {
  const { page } = world
  const { keyboard } = page
  await page.setViewportSize({ width: 1400, height: 900 })
  await trust(page)
  await startSession(page, { name: 'spread', prompt: 'Spread out.\n\nrun:spread' })
  await expectState(page, 'spread', FINISHED)
  const review = page.getByRole('region', { name: 'Review' })
  const tree = page.getByRole('tree', { name: 'Changed files' })
  const file = (path: string) => tree.getByRole('treeitem', { name: path })
  const active = async (): Promise<string> => {
    const id = await tree.getAttribute('aria-activedescendant')
    return id === null ? '' : ((await page.locator(`[id="${id}"]`).textContent()) ?? '')
  }

  // Where there is little room the list is behind its button; the key opens it.
  await review.focus()
  await expect(review.getByRole('button', { name: 'Files 0/4 viewed' })).toBeVisible()
  await keyboard.press('Shift+F')
  await expect(tree).toBeFocused()
  await keyboard.press('Escape')
  await expect(tree).toBeHidden()

  // With more room it stands beside the diff.
  await review.focus()
  await keyboard.press('x')
  await expect(page.getByRole('separator', { name: 'Resize the list of files' })).toBeVisible()
  await keyboard.press('Shift+F')
  await expect(tree).toBeFocused()
  await expect(file('docs/README.md, was README.md, Renamed')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('#review-files').exclude('diffs-container').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  // Folding, and going along.
  await keyboard.press('Home')
  await expect.poll(active).toContain('docs')
  await keyboard.press('ArrowLeft')
  await expect(file('docs/README.md')).toBeHidden()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowDown')
  await expect.poll(active).toContain('docs/README.md')

  // Viewed, and on to the next, which the diff shows.
  await keyboard.press('v')
  await expect(file('docs/README.md')).toHaveAttribute('aria-checked', 'true')
  await expect.poll(active).toContain('src/cart/tax.js')
  await expect(file('src/cart/tax.js')).toHaveAttribute('aria-current', 'true')
  await expect(review.getByText('1 of 4 viewed')).toBeVisible()

  // A folder at once.
  await keyboard.press('ArrowUp')
  await keyboard.press('Space')
  await expect(review.getByText('3 of 4 viewed')).toBeVisible()
  await expect.poll(active).toContain('src/zoo.js')

  // Found by a few letters.
  await keyboard.press('/')
  await keyboard.type('tax')
  await expect(tree.getByRole('treeitem')).toHaveCount(2)
  await keyboard.press('Enter')
  await expect(file('src/cart/tax.js')).toHaveAttribute('aria-current', 'true')
  await keyboard.press('Escape')
  await expect(file('src/zoo.js')).toBeVisible()

  // What is viewed can be hidden, and what is marked is marked after a reload.
  await review.getByRole('button', { name: 'Hide what is viewed' }).click()
  await expect(file('src/cart/tax.js')).toBeHidden()
  await page.reload()
  await expect(review.getByText('3 of 4 viewed')).toBeVisible()
  await expect(file('src/zoo.js')).toBeVisible()
  await expect(file('src/cart/tax.js')).toBeHidden()

  // From wherever: the file on show is viewed, and that was the last.
  await file('src/zoo.js').click()
  await review.focus()
  await keyboard.press('v')
  await expect(review.getByText('All 4 files are viewed.')).toBeVisible()
})
