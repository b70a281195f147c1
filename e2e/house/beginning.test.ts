/** What the history and the user are told of a session's beginning and end, in the real House with a quiet program for Claude Code. */

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import type { RunningHouse } from '../../electron/compose.ts'
import { openStore } from '../../electron/store/store.ts'
import { createClient, type Client } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

const SPEAKING = `#!/bin/sh
case "$1" in --version) echo "2.1.329 (Claude Code)"; exit 0;; esac
echo "the words of $SLUICE_SESSION"
if [ "$SLUICE_SESSION" = painter ]; then printf '\\033[?1049h\\033[Hits picture'; fi
: >"$HOME/said.$SLUICE_SESSION"
trap "exit 0" TERM HUP
if [ "$SLUICE_SESSION" = painter ]; then trap "printf '\\033[?1049lits farewell'; exit 0" TERM HUP; fi
while :; do sleep 0.1; done
`

let scene: Scene
let house: RunningHouse
let client: Client

beforeEach(async () => {
  scene = await makeScene(SPEAKING)
  ;({ house, client } = await scene.open())
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

const start = (name: string, more = {}): Promise<Session> => value(client.call('session.start', { name, prompt: 'x', ...more }))
const show = (name: string): Promise<Session> => value(client.call('session.show', { name }))
const output = async (name: string): Promise<string> => (await value(client.call('session.output', { name }))).text
const runs = (name: string): Promise<Session> =>
  until(async () => {
    const session = await show(name)
    return session.pid === undefined ? null : session
  })

/** The states that the history tells of it. */
async function told(name: string): Promise<readonly unknown[]> {
  const events = await value(client.call('events.list', { session: name, kinds: ['session-state'] }))
  return events.map((event) => event['state'])
}

test.each([
  ['at once', {}, undefined],
  ['after its setup', {}, 'true'],
  ['in the main checkout', { research: true }, undefined],
])('one that is started %s is never told to have ended before it began', async (_title, more, setup) => {
  if (setup !== undefined) await value(client.call('config.set', { key: 'setup', value: setup }))
  await start('a', more)
  await runs('a')
  expect(await told('a')).not.toContain('exited')
  await value(client.call('session.stop', { name: 'a' }))
  expect((await told('a')).at(-1)).toBe('exited')
})

test('nor is one whose setup succeeds at the second try', async () => {
  await value(client.call('config.set', { key: 'setup', value: 'false' }))
  expect(await client.call('session.start', { name: 'a', prompt: 'x' })).toMatchObject({ failure: { code: 'setup-failed' } })
  await value(client.call('config.set', { key: 'setup', value: 'true' }))
  await value(client.call('session.resume', { name: 'a' }))
  expect(await told('a')).not.toContain('exited')
})

test('the last lines of its terminal are kept when it is stopped, and when Sluice ends', async () => {
  for (const name of ['stopped', 'quit', 'painter']) await start(name)
  for (const name of ['stopped', 'quit', 'painter'])
    await until(() => readFile(join(scene.folder, 'home', `said.${name}`), 'utf8').catch(() => null))
  await value(client.call('settings.set', { key: 'resumeWorking', value: false }))
  await value(client.call('session.stop', { name: 'stopped' }))
  expect(await output('stopped')).toContain('the words of stopped')
  await house.close()
  house = await scene.compose()
  await house.open(scene.repository)
  client = createClient(createMemoryCarrier(house))
  expect(await output('quit')).toBe('the words of quit')
  // Its own screen was gone when it ended, and is what one remembers of it.
  expect((await output('painter')).split('\n')).toEqual([
    'the words of painter',
    'its picture',
    'the words of painter',
    'its farewell',
  ])
  await rm(join(scene.folder, 'data', 'sessions', (await show('painter')).id, 'last-output.txt'))
  expect(await output('painter')).toBe('the words of painter\nits picture')
})

test('nobody in line is started while the repository is not trusted any more', async () => {
  await value(client.call('config.set', { key: 'maxSessions', value: 1 }))
  await start('a')
  await start('b')
  await value(client.call('session.stop', { name: 'a' })).then(() => runs('b'))
  await start('c')
  const { repository } = await value(client.call('hello', {}))
  await house.close()
  const opened = openStore({ dataDir: join(scene.folder, 'data'), now: () => new Date() })
  if (!opened.ok) throw new Error(opened.failure.message)
  const { store } = opened.value
  const repositories = store.tables.repositories.of(z.looseObject({}))
  const row = repositories.byPath(repository!.path)!
  store.record([], () => repositories.put({ ...row, config: row.config ?? {}, trustedAt: null }))
  store.close()
  house = await scene.compose()
  await house.open(scene.repository)
  client = createClient(createMemoryCarrier(house))
  await value(client.call('session.stop', { name: 'b' }))
  await value(client.call('config.set', { key: 'maxSessions', value: 5 }))
  expect(await show('c')).toMatchObject({ state: 'starting', place: 1 })
  const before = await value(client.call('events.list', { session: 'c', kinds: ['session-launched'] }))
  expect(before).toEqual([])
  house.trust()
  await runs('c')
})
