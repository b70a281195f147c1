import { expect, test } from 'vitest'
import type { Run } from './run.ts'
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
  })
  expect(sent).toMatchObject({ failure: { code: 'dialog-open' } })
  expect(scene.written()).toBe(written)
})
