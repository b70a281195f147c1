import { expect, test } from 'vitest'
import type { Run } from './run.ts'
import type { ClaudeStatus } from './state.ts'
import { sendPrompt, type PromptLine } from './sending.ts'

const EMPTY: PromptLine = {
  hasDraft: () => false,
  leftover: () => 0,
  cleared: () => undefined,
  soiled: () => undefined,
  entered: () => undefined,
}

/** A run that shows what is typed; `opens`: a dialog opens once so many characters came, and its status is told to nobody who does not look. */
function runWithDialog(opens: number): { readonly run: Run; written(): string } {
  let written = ''
  let told = 'busy'
  const output = new Set<() => void>()
  const terminal = {
    exited: new Promise<never>(() => undefined),
    onOutput(listener: () => void) {
      output.add(listener)
      return () => output.delete(listener)
    },
    write(text: string) {
      written += text
      setImmediate(() => {
        for (const listener of output) listener()
      })
      return true
    },
  }
  const run = {
    terminal,
    status: () => ({ status: told }),
    look: () => {
      if (written.length >= opens) told = 'waiting'
      return Promise.resolve()
    },
    hooksHeard: () => true,
    hooksOff: () => false,
  }
  return { run: run as unknown as Run, written: () => written }
}

test.each([
  ['before the first piece', 0, ''],
  ['before Enter', 'Say yes '.length, 'Say yes '],
])('a dialog that opens %s and was not told of yet gets no Enter', async (_title, opens, written) => {
  const scene = runWithDialog(opens)
  const sent = await sendPrompt({
    name: 'a',
    run: scene.run,
    text: 'Say yes',
    line: EMPTY,
    onPrompt: () => () => undefined,
    onChange: () => () => undefined,
    written: () => Promise.resolve([]),
  })
  expect(sent).toMatchObject({ failure: { code: 'dialog-open' } })
  expect(scene.written()).toBe(written)
})

/** A run whose hooks are turned off, and whose status after Enter is that one. */
function deafRun(before: ClaudeStatus, after: ClaudeStatus): Run {
  let now = before
  const output = new Set<() => void>()
  const terminal = {
    exited: new Promise<never>(() => undefined),
    onOutput: (listener: () => void) => (output.add(listener), () => output.delete(listener)),
    write(text: string) {
      if (text === '\r') now = after
      setImmediate(() => output.forEach((listener) => listener()))
      return true
    },
  }
  const run = { terminal, status: () => now, look: () => Promise.resolve(), hooksHeard: () => false, hooksOff: () => true }
  return run as unknown as Run
}

test.each<[string, ClaudeStatus, ClaudeStatus]>([
  ['a turn that begins', { status: 'idle', statusUpdatedAt: 1 }, { status: 'busy', statusUpdatedAt: 2 }],
  ['a turn that was too short to be seen', { status: 'idle', statusUpdatedAt: 1 }, { status: 'idle', statusUpdatedAt: 3 }],
  ['nothing, as it was in a turn', { status: 'busy', statusUpdatedAt: 1 }, { status: 'busy', statusUpdatedAt: 1 }],
])('without hooks a prompt is confirmed by %s', async (_title, before, after) => {
  const run = deafRun(before, after)
  const looks = new Set<() => void>()
  const changing = setInterval(() => looks.forEach((look) => look()), 20)
  const sent = await sendPrompt({
    name: 'a',
    run,
    text: 'Go on',
    line: EMPTY,
    onPrompt: () => () => undefined,
    onChange: (look) => (looks.add(look), () => looks.delete(look)),
    written: () => Promise.resolve([]),
  })
  clearInterval(changing)
  expect(sent).toEqual({ ok: true, value: undefined })
})

test('what Claude Code wrote down as given to it has arrived, and Enter is not pressed again', async () => {
  const scene = runWithDialog(Infinity)
  const enters = (): number => scene.written().split('\r').length - 1
  const sent = await sendPrompt({
    name: 'a',
    run: scene.run,
    text: 'Go on',
    line: EMPTY,
    onPrompt: () => () => undefined,
    onChange: () => () => undefined,
    written: () => Promise.resolve(enters() === 1 ? ['Another one', 'Go on'] : []),
  })
  expect(sent).toEqual({ ok: true, value: undefined })
  expect(enters()).toBe(1)
})
