/** The work of a session in the user's own hands, in the real House: commits, discards, pull requests, the editor; and what the history tells of it. */

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
import type { Client } from '../../shared/client.ts'
import { eventWords } from '../../shared/model/event-words.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { makeScene, value, type Scene } from './testing.ts'

let scene: Scene
let house: RunningHouse
let client: Client
let cart: Session

const run = async (where: string, ...args: string[]): Promise<string> => (await git(scene.env, where, ...args)).trim()
const show = (): Promise<Session> => value(client.call('session.show', { name: 'cart' }))
const told = async (): Promise<readonly string[]> =>
  (await value(client.call('events.list', { session: 'cart' }))).map((event) => eventWords(event, () => null))

/** A program with that name on the PATH, which stands in for the real one. */
async function standIn(name: string, script: string): Promise<void> {
  const bin = join(scene.folder, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, name), `#!/bin/sh\nhere='${bin}'\n${script}\n`)
  await chmod(join(bin, name), 0o755)
}

beforeEach(async () => {
  scene = await makeScene(undefined, { 'file.txt': 'one\n', 'other.txt': 'other\n' })
  // What is on the PATH of the login shell alone is found.
  await writeFile(join(scene.env['HOME'] ?? '', '.profile'), `PATH='${join(scene.folder, 'bin')}':$PATH\nexport PATH\n`)
  ;({ house, client } = await scene.open())
  cart = await value(client.call('session.start', { name: 'cart', prompt: 'Build the cart' }))
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

test('a commit, an amendment and a discard are the user’s, are seen at once, and are in the history', async () => {
  await value(client.call('session.stop', { name: 'cart' }))
  await writeFile(join(cart.worktree, 'file.txt'), 'ONE\n')
  await writeFile(join(cart.worktree, 'HANDOFF.md'), 'note\n')
  const first = await value(client.call('review.commit', { name: 'cart', message: 'By hand', head: cart.head }))
  expect(first).toMatchObject({ dirty: false, ahead: 1 })
  expect(first.head).toBe(await run(cart.worktree, 'rev-parse', 'HEAD'))
  await value(client.call('session.approve', { name: 'cart' }))
  const second = await value(client.call('review.commit', { name: 'cart', message: 'Better', amend: true, head: first.head }))
  expect(second).toMatchObject({ ahead: 1, approved: false })
  expect(await run(cart.worktree, 'log', '-1', '--format=%an %s')).toBe('Ada Better')
  expect(await client.call('review.commit', { name: 'cart', message: 'x', head: first.head })).toMatchObject({
    failure: { code: 'changed' },
  })

  await writeFile(join(cart.worktree, 'file.txt'), 'precious\n')
  const wanted = { name: 'cart', of: 'branch', path: 'file.txt', head: second.head } as const
  const { snapshot } = await value(client.call('review.discard', wanted))
  expect(await readFile(join(cart.worktree, 'file.txt'), 'utf8')).toBe('one\n')
  expect(await run(cart.worktree, 'show', `${snapshot}:file.txt`)).toBe('precious')
  expect(await run(cart.worktree, 'for-each-ref', '--format=%(objectname)', 'refs/sluice/snapshots/cart/')).toBe(snapshot)
  expect(await show()).toMatchObject({ dirty: true, head: second.head })
  expect(await told()).toEqual(
    expect.arrayContaining([
      `You committed its work, now ${first.head.slice(0, 7)}`,
      `You amended its last commit, now ${second.head.slice(0, 7)}`,
      `You discarded the changes of file.txt; ${snapshot.slice(0, 7)} keeps what was there`,
    ]),
  )
})

test('while the session is on its way, its files are left alone; an archived one has none', async () => {
  const busy = await show()
  expect(busy.state).toBe('starting')
  const commit = { name: 'cart', message: 'x', head: cart.head }
  expect(await client.call('review.commit', commit)).toMatchObject({ failure: { code: 'busy' } })
  expect(
    await client.call('review.discard', { name: 'cart', of: 'uncommitted', path: 'file.txt', head: cart.head }),
  ).toMatchObject({ failure: { code: 'busy' } })
  await value(client.call('session.stop', { name: 'cart' }))
  await value(client.call('session.archive', { name: 'cart' }))
  expect(await client.call('review.commit', commit)).toMatchObject({ failure: { code: 'worktree-missing' } })
  expect(await client.call('pull.look', { name: 'cart' })).toMatchObject({ failure: { code: 'worktree-missing' } })
  expect(await client.call('review.commit', { ...commit, name: 'none' })).toMatchObject({ failure: { code: 'no-session' } })
})

test('a pull request is looked at without a push, and opened with one', async () => {
  await value(client.call('session.stop', { name: 'cart' }))
  const origin = join(scene.folder, 'origin.git')
  await run(scene.folder, 'init', '--quiet', '--bare', origin)
  await run(scene.repository, 'remote', 'add', 'origin', origin)
  await standIn(
    'gh',
    'case "$1 $2" in "pr list") echo "[]";; "pr create") echo "$*" > "$here/told"; echo https://example.com/7;; esac',
  )
  await writeFile(join(cart.worktree, 'file.txt'), 'ONE\n')
  const { head } = await value(
    client.call('review.commit', { name: 'cart', message: 'Add a cart\n\nWith a sum.', head: cart.head }),
  )
  const look = await value(client.call('pull.look', { name: 'cart' }))
  expect(look).toMatchObject({ title: 'Add a cart', body: 'With a sum.', branch: cart.branch, missing: null, open: null })
  expect(await run(origin, 'for-each-ref')).toBe('')
  const wanted = { name: 'cart', remote: 'origin', title: look.title, body: look.body }
  expect(await client.call('pull.open', { ...wanted, head: cart.head })).toMatchObject({ failure: { code: 'changed' } })
  await writeFile(join(cart.worktree, 'file.txt'), 'dirty\n')
  expect(await client.call('pull.open', { ...wanted, head })).toMatchObject({ failure: { code: 'dirty' } })
  expect(await run(origin, 'for-each-ref')).toBe('')
  await run(cart.worktree, 'checkout', '--quiet', '--', 'file.txt')
  expect(await value(client.call('pull.open', { ...wanted, head }))).toEqual({ url: 'https://example.com/7' })
  expect(await run(origin, 'for-each-ref', '--format=%(refname) %(objectname)')).toBe(`refs/heads/${cart.branch} ${head}`)
  expect(await readFile(join(scene.folder, 'bin/told'), 'utf8')).toContain(`--head ${cart.branch} --base main --title Add a cart`)
  expect(await told()).toContain('Pushed to origin as a pull request: https://example.com/7')
})

test('a pull request that is being opened can be called off', async () => {
  await value(client.call('session.stop', { name: 'cart' }))
  const origin = join(scene.folder, 'origin.git')
  await run(scene.folder, 'init', '--quiet', '--bare', origin)
  await run(scene.repository, 'remote', 'add', 'origin', origin)
  await standIn('gh', 'case "$1 $2" in "pr create") : > "$here/begun"; while :; do sleep 1; done;; esac')
  await run(cart.worktree, 'commit', '--quiet', '--allow-empty', '--message=Work')
  const { head } = await show()
  const opening = client.call('pull.open', { name: 'cart', remote: 'origin', title: 'x', body: '', head })
  await expect.poll(() => readFile(join(scene.folder, 'bin/begun')).catch(() => null)).not.toBeNull()
  await value(client.call('pull.cancel', { name: 'cart' }))
  expect(await opening).toMatchObject({ failure: { code: 'pull-failed' } })
})

test('a file is opened with the editor of the settings', async () => {
  await value(client.call('session.stop', { name: 'cart' }))
  await standIn('pencil', 'echo "$*" > "$here/told"; echo "${SLUICE_SESSION-none}" >> "$here/told"')
  await value(client.call('settings.set', { key: 'editor', value: 'pencil --line {line} {file}' }))
  expect(await client.call('file.edit', { name: 'cart', path: 'file.txt', line: 3 })).toMatchObject({ ok: true })
  await expect
    .poll(() => readFile(join(scene.folder, 'bin/told'), 'utf8').catch(() => ''))
    .toBe(`--line 3 ${join(cart.worktree, 'file.txt')}\nnone\n`)
  expect(await client.call('file.edit', { name: 'cart', path: 'gone.txt' })).toMatchObject({ failure: { code: 'no-file' } })
})
