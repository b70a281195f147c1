/** Archiving: what is not committed is kept byte for byte, what git ignores goes by name, and everything else comes back. */

import { chmod, mkdir, readFile, stat, symlink, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openLink } from '../../electron/cli/link.ts'
import type { Session } from '../../shared/model/session.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

const COMMIT = bash('echo work > work.txt && git add --all && git commit --quiet --message=Work')

test.use({
  files: { 'README.md': '# Shop\n', 'price.txt': '100\n', '.gitignore': 'secret.env\ncache/\n' },
  scripts: { work: [COMMIT, say('Done.')] },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

const BYTES = Buffer.from([0, 255, 13, 10, 128, 7])

async function session(world: World, name: string): Promise<Session> {
  return (await world.ask('session', 'show', name)).json as Session
}

/** A session with a commit, changes of every kind, and files that git ignores. */
async function withChanges(world: World, name: string): Promise<Session> {
  const { page } = world
  await startSession(page, { name, prompt: 'Work.\n\nrun:work' })
  await expectState(page, name, FINISHED)
  const made = await session(world, name)
  const at = (path: string): string => join(made.worktree, path)
  await writeFile(at('price.txt'), '200\n')
  await writeFile(at('nëw file.bin'), BYTES)
  await chmod(at('nëw file.bin'), 0o755)
  await symlink('price.txt', at('link'))
  await writeFile(at('secret.env'), 'KEY=1\n')
  await mkdir(at('cache'))
  await writeFile(at('cache/large'), Buffer.alloc(20_000))
  return made
}

async function expectBack(world: World, name: string, before: Session): Promise<void> {
  const after = await session(world, name)
  expect(after).toMatchObject({ worktree: before.worktree, branch: before.branch, head: before.head })
  const at = (path: string): string => join(after.worktree, path)
  expect(await readFile(at('nëw file.bin'))).toEqual(BYTES)
  expect((await stat(at('nëw file.bin'))).mode & 0o111).toBe(0o111)
  expect(await readFile(at('price.txt'), 'utf8')).toBe('200\n')
  expect(await readlink(at('link'))).toBe('price.txt')
  expect(await readFile(at('work.txt'), 'utf8')).toBe('work\n')
  await expect(stat(at('secret.env'))).rejects.toThrow(/ENOENT/u)
}

test('a session with uncommitted and ignored files is archived by mouse, and the message that says so brings it back', async ({
  world,
}) => {
  const { page } = world
  await trust(page)
  const before = await withChanges(world, 'docs')
  await tab(page, 'docs').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Archive/u }).click()
  const dialog = page.getByRole('dialog', { name: 'Archive “docs”' })
  await expect(dialog).toContainText('1 commit on the branch sluice/docs')
  await expect(dialog).toContainText('3 uncommitted files, in a snapshot')
  const ignored = dialog.getByRole('region', { name: 'Ignored files' })
  await expect(ignored.getByRole('row')).toHaveText([/cache\/.*20 kB/u, /secret\.env.*6 bytes/u])
  await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'docs')).toBeHidden()
  await expect
    .poll(async () =>
      stat(before.worktree).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone')
  expect(await world.git('for-each-ref', '--format=%(refname)', 'refs/sluice/snapshots/docs/')).toMatch(
    /^refs\/sluice\/snapshots\/docs\/\S+$/u,
  )

  await page.getByRole('status').getByRole('button', { name: 'Restore' }).click()
  await expect(tab(page, 'docs')).toBeVisible({ timeout: 30_000 })
  await expectBack(world, 'docs', before)
})

test('the same by keys alone, from the list of archived sessions', async ({ world }) => {
  const { page } = world
  await trust(page)
  const before = await withChanges(world, 'docs')
  await tab(page, 'docs').focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Archive “docs”' })
  await expect(dialog.getByRole('button', { name: 'Archive', exact: true })).not.toHaveAttribute('aria-disabled', 'true')
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  // What was typed on does nothing in a dialog that has only just come.
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden({ timeout: 2_000 })
  }).toPass()
  await expect(tab(page, 'docs')).toBeHidden()

  await page.keyboard.press('Shift+E')
  const list = page.getByRole('dialog', { name: 'Archived sessions' })
  await page.keyboard.type('doc')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(list).toBeHidden({ timeout: 30_000 })
  await expect(tab(page, 'docs')).toHaveAttribute('aria-selected', 'true')
  await expectBack(world, 'docs', before)
})

test('what cannot be archived says why, and has no button', async ({ world }) => {
  const { page } = world
  await trust(page)
  const before = await withChanges(world, 'docs')
  await world.git('-C', before.worktree, 'init', '--quiet', 'nested')
  await writeFile(join(before.worktree, 'nested/file'), 'x')
  await tab(page, 'docs').focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Archive “docs”' })
  await expect(dialog.getByRole('alert')).toContainText('nested')
  await expect(dialog.getByRole('button', { name: 'Archive', exact: true })).toBeHidden()
})

test.describe('with many archived sessions', () => {
  const QUIET = '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) while :; do sleep 0.2; done;; esac\n'
  test.use({
    claude: async ({ host: _host }, use, story) => {
      const path = story.outputPath('claude')
      await mkdir(join(path, '..'), { recursive: true })
      await writeFile(path, QUIET, { mode: 0o755 })
      await use(path)
    },
  })

  test('fifty are listed at once, and one is found by what it was asked', async ({ world }) => {
    test.setTimeout(300_000)
    const { page, dataDir } = world
    await trust(page)
    const link = await openLink(dataDir)
    if (link === null) throw new Error('The host is not there.')
    for (let number = 1; number <= 50; number += 1) {
      const name = `task-${number}`
      const started = await link.client.call('session.start', {
        name,
        prompt: `Do the ${number === 33 ? 'search' : 'cart'} work.`,
      })
      expect(started, name).toMatchObject({ ok: true })
      expect(await link.client.call('session.archive', { name }), name).toMatchObject({ ok: true })
    }
    await page.keyboard.press('Shift+E')
    const list = page.getByRole('dialog', { name: 'Archived sessions' })
    await expect(list.getByRole('listitem')).toHaveCount(50)
    await expect(list.getByRole('listitem').first()).toContainText('task-50')
    await list.getByRole('textbox', { name: 'Search' }).fill('search')
    await expect(list.getByRole('listitem')).toHaveCount(1)
    await expect(list.getByRole('listitem')).toContainText('task-33')
    await expect(page.getByRole('tab', { name: /^task/u })).toHaveCount(0)
  })
})
