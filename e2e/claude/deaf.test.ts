/** The real Claude Code of a user who has turned hooks off: the status file is all that tells, and what it does not tell is said to be unknown. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { noPermissionText } from '../../electron/cli/print.ts'
import { promptsSince } from '../../electron/sessions/transcript.ts'
import { bash, say, script, type Step } from '../model/scripts.ts'
import { until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type Life } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 3 })

/** Longer than all the keys that a prompt takes. */
const SLOW: Step = { text: 'Word after word.\n'.repeat(40), chunks: 400, chunkMs: 50 }

let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse({ settings: { disableAllHooks: true } })
})

afterAll(() => house.close())

const send = (name: string, text: string) => house.client.call('session.send', { name, text })
const arrived = (text: string): Promise<unknown> =>
  until(
    () => house.model.books().map(({ prompt }) => prompt),
    (prompts) => prompts.some((prompt) => prompt.includes(text)),
    60_000,
  )
const written = (life: Life): Promise<readonly string[]> =>
  promptsSince(house.home.config, life.now().claudeSession ?? '', new Date(0))

test.concurrent('what begins a turn is confirmed by its status, also where the turn is over at once', async () => {
  const life = await house.start('deaf', [say('Hello.')])
  await life.becomes('idle')
  for (const text of [script([{ text: 'Yes.', delayMs: 1000 }], 'Do you hear me?'), 'And now?', 'And again?']) {
    expect(await send('deaf', text)).toMatchObject({ ok: true })
    await arrived(text)
    await life.becomes('idle')
  }
  expect(await life.when(({ hooksOff }) => hooksOff === true)).toMatchObject({ state: 'idle', spentUsd: 0 })
  expect(life.now().unsent).toBeUndefined()
  await until(
    () => written(life),
    (prompts) => ['And now?', 'And again?'].every((prompt) => prompts.includes(prompt)),
  )
})

test.concurrent('what is typed into a turn is told by nothing, and is not kept as if it were lost', async () => {
  const life = await house.start('busy', [SLOW, say('Done.')])
  await life.becomes('working')
  expect(await send('busy', 'And this after it.')).toMatchObject({ ok: true })
  expect(life.states()).toEqual(['starting', 'working'])
  expect(life.now().unsent).toBeUndefined()
  await arrived('And this after it.')
  await until(
    () => written(life),
    (prompts) => prompts.includes('And this after it.'),
  )
})

test.concurrent('a permission is seen by its state alone, and “allow” says that and why', async () => {
  const life = await house.start('asks', [bash('touch asked-file'), say('Done.')])
  await life.becomes('needs-permission')
  const asking = await life.when(({ hooksOff }) => hooksOff === true)
  expect(asking).toMatchObject({ state: 'needs-permission', waitingFor: 'permission prompt' })
  expect(asking.permission).toBeUndefined()
  expect(noPermissionText(asking)).toMatch(
    /^“asks” asks for a permission, and .*cannot see.*in its terminal.*Hooks are turned off/u,
  )
})
