/** What does not land: a conflict, a failing check, a dirty target. The target stays where it was and nothing is left behind. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { bash, say, write, type Step } from '../model/scripts.ts'
import { trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

const commit = (message: string): Step => bash(`git add --all && git commit --quiet --message="${message}"`)

test.use({
  files: { 'README.md': '# Shop\n', 'price.txt': '100\n', 'other.txt': 'other\n' },
  scripts: {
    dearer: [bash('echo 200 > price.txt'), commit('Dearer'), say('Dearer.')],
    cheaper: [bash('echo 50 > price.txt'), commit('Cheaper'), say('Cheaper.')],
    broken: [write('broken.txt', 'this breaks the check\n'), commit('Break'), say('Broken.')],
  },
  claudeSettings: { permissions: { allow: ['Bash(git add:*)', 'Bash(git commit:*)', 'Bash(echo:*)', 'Bash'] } },
})

async function finished(world: World, name: string): Promise<Session> {
  const started = await world.ask('session', 'start', name, '--prompt', `Do it.\n\nrun:${name}`)
  expect(started, JSON.stringify(started.json)).toMatchObject({ code: 0 })
  expect((await world.ask('session', 'wait', name, '--state', 'idle', '--timeout', '60')).code).toBe(0)
  const approved = await world.ask('session', 'approve', name)
  expect(approved, JSON.stringify(approved.json)).toMatchObject({ code: 0 })
  return approved.json as Session
}

async function land(world: World, name: string): Promise<{ code: number; entry: Entry }> {
  const added = await world.ask('queue', 'add', name)
  expect(added, JSON.stringify(added.json)).toMatchObject({ code: 0 })
  const waited = await world.ask('queue', 'wait', name, '--timeout', '60')
  return { code: waited.code, entry: waited.json as Entry }
}

const worktrees = async (world: World): Promise<number> => (await world.git('worktree', 'list')).split('\n').length

test('a conflict blocks one session with its files, and the next one lands', async ({ world }) => {
  const { page } = world
  await trust(page)
  await finished(world, 'dearer')
  await finished(world, 'cheaper')
  expect(await land(world, 'dearer')).toMatchObject({ code: 0, entry: { phase: 'landed' } })
  const target = await world.git('rev-parse', 'main')

  const blocked = await land(world, 'cheaper')
  expect(blocked).toMatchObject({
    code: 5,
    entry: { phase: 'blocked', why: 'conflicts', files: ['price.txt'], targetBefore: target },
  })
  expect(await world.git('rev-parse', 'main')).toBe(target)
  expect(await worktrees(world)).toBe(3)

  const queue = page.getByRole('region', { name: 'Queue' })
  await expect(queue.getByRole('listitem', { name: 'cheaper' }).getByText('price.txt')).toBeVisible()
  await queue.getByRole('button', { name: 'Retry' }).click()
  await expect(queue.getByRole('list', { name: 'Files in conflict' })).toContainText('price.txt')
  await queue.getByRole('button', { name: 'Remove' }).click()
  await expect(queue.getByRole('listitem', { name: 'cheaper' })).toBeHidden()
  await expect(queue.getByRole('region', { name: 'Landed' })).toContainText('dearer')
})

test('a failing check blocks with its output, and the corrected check lets the same commit land', async ({ world }) => {
  const { page } = world
  await trust(page)
  await world.ask('config', 'set', 'checks', '["echo checking && test ! -f broken.txt"]')
  const session = await finished(world, 'broken')
  const target = await world.git('rev-parse', 'main')
  const blocked = await land(world, 'broken')
  expect(blocked).toMatchObject({ code: 5, entry: { phase: 'blocked', why: 'checks', head: session.head } })
  expect(blocked.entry.message).toContain('exited with 1')
  expect(await world.git('rev-parse', 'main')).toBe(target)

  const queue = page.getByRole('region', { name: 'Queue' })
  await queue.getByRole('button', { name: 'Show log' }).click()
  await expect(queue.getByRole('log')).toContainText('checking')

  await world.ask('config', 'set', 'checks', '["not-a-command-anywhere"]')
  await world.ask('queue', 'retry', 'broken')
  const missing = await world.ask('queue', 'wait', 'broken', '--timeout', '60')
  expect((missing.json as Entry).message).toContain('was not found')

  await world.ask('config', 'set', 'checks', '["true"]')
  await world.ask('queue', 'retry', 'broken')
  expect((await world.ask('queue', 'wait', 'broken', '--timeout', '60')).code).toBe(0)
  expect(await world.git('rev-parse', 'main')).toBe(session.head)
})

test('a target that is dirty in a file of the landing is not touched; dirty elsewhere is fine', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  await finished(world, 'dearer')
  const target = await world.git('rev-parse', 'main')
  await writeFile(join(repository, 'price.txt'), 'mine\n')
  await writeFile(join(repository, 'other.txt'), 'also mine\n')
  const blocked = await land(world, 'dearer')
  expect(blocked).toMatchObject({ code: 5, entry: { phase: 'blocked', why: 'target-dirty', files: ['price.txt'] } })
  expect(await world.git('rev-parse', 'main')).toBe(target)
  expect(await world.git('diff', '--name-only')).toBe('other.txt\nprice.txt')

  await world.git('checkout', '--quiet', '--', 'price.txt')
  await world.ask('queue', 'retry', 'dearer')
  expect((await world.ask('queue', 'wait', 'dearer', '--timeout', '60')).code).toBe(0)
  expect(await world.git('diff', '--name-only')).toBe('other.txt')
  expect(await world.git('show', 'HEAD:price.txt')).toBe('200')
})

test('a target that moves between check and landing is rebased and checked again', async ({ world }) => {
  const { page, repository } = world
  await trust(page)
  // The check itself moves the target the first time it runs: exactly between check and landing.
  const move = `if [ ! -e ${repository}/.git/moved ]; then touch ${repository}/.git/moved; git -C ${repository} commit --quiet --allow-empty -m Meanwhile; fi`
  await world.ask('config', 'set', 'checks', JSON.stringify([move]))
  await finished(world, 'dearer')
  const landed = await land(world, 'dearer')
  expect(landed).toMatchObject({ code: 0, entry: { phase: 'landed' } })
  expect(await world.git('log', '--format=%s', 'main')).toBe('Dearer\nMeanwhile\nFirst')
})
