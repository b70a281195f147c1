/** Prompts typed into the real Claude Code: they arrive byte for byte, never into a dialog or a draft, and none is lost. */

import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readUnsent } from '../../electron/sessions/unsent.ts'
import { bash, say, script, type Step } from '../model/scripts.ts'
import { until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type Life } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 4 })

const SLOW: Step = { text: 'Word after word.\n'.repeat(40), chunks: 400, chunkMs: 50 }

let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse()
})

afterAll(async () => {
  await house.close()
})

const send = (name: string, text: string, wait = false) =>
  house.client.call('session.send', { name, text, ...(wait ? { wait } : {}) })

const ledger = (life: Life): string => join(house.folder, 'data', 'sessions', life.id)

/** The prompts that Claude Code says it was given. */
async function given(life: Life): Promise<readonly string[]> {
  const lines = (await readFile(join(ledger(life), 'hooks.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  const hooks = lines.map((line) => JSON.parse(line) as { hook_event_name: string; prompt: string })
  return hooks.filter((hook) => hook.hook_event_name === 'UserPromptSubmit').map(({ prompt }) => prompt)
}

/** What the model read of it. */
const read = (): readonly string[] => house.model.books().map(({ prompt }) => prompt)

const LINES = Array.from({ length: 27 }, (_, line) => {
  return `${' '.repeat(line % 5)}${line}. Ünïcödé 日本語 🌊👩‍👧 “quotes” \\ $HOME \`code\` <b> ${'x'.repeat((line * 7) % 90)}${' '.repeat(line % 3)}`
}).join('\n')
const LONG = Array.from(
  { length: 210 },
  (_, line) => `Line ${line}: ${'all of this has to arrive as it is, '.repeat(2)}${line}`,
).join('\n')

test.concurrent('a prompt of 27 lines arrives byte for byte, with its blanks, and ends as it ends', async () => {
  const life = await house.start('lines', [say('Hello.')])
  await life.becomes('idle')
  for (const text of [`  See\n\n${LINES}\n\\`, 'Then look at @README']) {
    const sent = await send('lines', text)
    expect(sent).toMatchObject({ ok: true })
    expect((await given(life)).at(-1)).toBe(text)
    await until(read, (prompts) => prompts.includes(text))
    await life.becomes('idle')
  }
})

test.concurrent('20 kB arrive byte for byte', async () => {
  expect(LONG.length).toBeGreaterThan(17_000)
  const text = `${LONG}\n${'日本語テスト。'.repeat(400)}`
  expect(Buffer.byteLength(text)).toBeGreaterThan(20_000)
  const life = await house.start('long', [say('Hello.')])
  await life.becomes('idle')
  const sent = await send('long', text)
  expect(sent).toMatchObject({ ok: true })
  expect((await given(life)).at(-1)).toBe(text)
  await until(read, (prompts) => prompts.includes(text))
})

test.concurrent('two at once, while it works: both arrive, one after the other', async () => {
  const life = await house.start('busy', [bash('sleep 4'), say('Done.')], 'acceptEdits')
  await life.becomes('working')
  const both = await Promise.all([send('busy', 'First this, please.'), send('busy', 'Then that, please.')])
  expect(both).toMatchObject([{ ok: true }, { ok: true }])
  expect((await given(life)).slice(-2)).toEqual(['First this, please.', 'Then that, please.'])
  await life.becomes('idle')
})

test.concurrent('a dialog is not answered by a prompt: it waits until the dialog is over, or is refused', async () => {
  const life = await house.start('dialog', [bash('touch asked-file'), say('Done.')])
  const { permission } = await life.when((session) => session.permission !== undefined)
  expect(await send('dialog', 'y')).toMatchObject({ failure: { code: 'dialog-open' } })
  expect((await send('dialog', 'And when you are done?', true)).ok).toBe(true)
  const waits = await life.when(({ unsent }) => unsent?.waits === true)
  expect(waits).toMatchObject({ state: 'needs-permission', unsent: { text: 'And when you are done?' } })
  expect((await house.client.call('session.interrupt', { name: 'dialog' })).ok).toBe(false)
  await pause(1500)
  expect(life.now().permission?.id).toBe(permission!.id)
  await house.call('session.answer', { name: 'dialog', permission: permission!.id, allow: true })
  await life.when(({ unsent }) => unsent === undefined)
  await until(
    () => given(life),
    (prompts) => prompts.at(-1) === 'And when you are done?',
  )
  expect(life.events().filter(({ kind }) => kind.startsWith('prompt-'))).toMatchObject([
    { kind: 'prompt-kept', waits: true },
    { kind: 'prompt-sent' },
  ])
})

test.concurrent('a draft of the user is left alone: refused, or typed once the line is free', async () => {
  const life = await house.start('draft', [say('Hello.')])
  await life.becomes('idle')
  life.type('half a thought')
  await until(
    () => send('draft', 'Mine.'),
    (answer) => !answer.ok && answer.failure.code === 'draft' && answer.failure.message.includes('--wait'),
  )
  expect(await send('draft', 'Mine, later.', true)).toMatchObject({ ok: true, value: { unsent: { waits: true } } })
  expect(await send('draft', 'And this after it.', true)).toMatchObject({ ok: true })
  await pause(1000)
  life.type(' of mine\r')
  await life.when(({ unsent }) => unsent === undefined)
  await until(
    () => given(life),
    (prompts) => prompts.length === 4,
  )
  expect((await given(life)).slice(1)).toEqual(['half a thought of mine', 'Mine, later.', 'And this after it.'])

  life.type('never mind')
  await until(
    () => send('draft', 'Withdrawn.', true),
    ({ ok }) => ok,
  )
  await house.call('session.forget-prompt', { name: 'draft' })
  await life.when(({ unsent }) => unsent === undefined)
  expect(await readUnsent(ledger(life))).toEqual([])
})

test.concurrent('interrupted at once, in the middle, and not when there is nothing to interrupt', async () => {
  const life = await house.start('esc', [{ text: 'Late.', delayMs: 20_000 }])
  await life.becomes('working')
  await pause(1000)
  // What had not begun comes back into the line, and is not mixed with the next prompt.
  await house.call('session.interrupt', { name: 'esc' })
  await life.becomes('idle')
  expect(await house.client.call('session.interrupt', { name: 'esc' })).toMatchObject({ failure: { code: 'not-working' } })
  const slow = script([SLOW], 'Go slowly.')
  const slowly = await send('esc', slow)
  expect(slowly).toMatchObject({ ok: true })
  expect((await given(life)).at(-1)).toBe(slow)
  await life.becomes('working')
  await until(house.model.playing, (playing) => playing > 0)
  await pause(1500)
  expect(await house.client.call('session.interrupt', { name: 'esc' })).toMatchObject({ ok: true, value: { state: 'idle' } })
  expect(await send('esc', 'Something else.')).toMatchObject({ ok: true })
  expect((await given(life)).at(-1)).toBe('Something else.')
})

test('what is not confirmed is kept for the user alone, and let go of when it arrives after all', async () => {
  const own = await openClaudeHouse()
  try {
    const life = await own.start('kept', [say('Hello.')])
    await life.becomes('idle')
    process.kill(life.now().pid!, 'SIGSTOP')
    const lost = await own.client.call('session.send', { name: 'kept', text: 'Keep this.' })
    expect(lost).toMatchObject({ ok: false, failure: { code: 'unconfirmed' } })
    const keeping = await life.when(({ unsent }) => unsent !== undefined)
    expect(keeping.unsent).toEqual({ text: 'Keep this.', waits: false })
    const folder = join(own.folder, 'data', 'sessions', life.id)
    expect(
      await until(
        () => readUnsent(folder),
        ({ length }) => length === 1,
      ),
    ).toEqual([{ text: 'Keep this.', waits: false }])
    expect((await stat(join(folder, 'unsent.json'))).mode & 0o777).toBe(0o600)
    expect(JSON.stringify(life.events().filter(({ kind }) => kind.startsWith('prompt-')))).not.toContain('Keep')
    // It was only slow: the prompt arrives after all, and is let go of.
    process.kill(life.now().pid!, 'SIGCONT')
    await life.when(({ unsent }) => unsent === undefined)
    await life.becomes('idle')
    expect(await own.client.call('session.send', { name: 'kept', text: 'And the next.' })).toMatchObject({ ok: true })
  } finally {
    await own.close()
  }
})
