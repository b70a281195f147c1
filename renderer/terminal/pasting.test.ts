/** Facts about what happens to a paste before anything of it is typed. */

import type { Terminal } from '@xterm/xterm'
import { expect, test } from 'vitest'
import { useWindow } from '../state/store.ts'
import { MOST_PASTED } from './paste.ts'
import { guardPastes } from './pasting.ts'

test('a paste that is too large is refused whole, with what to do instead', () => {
  const typed: string[] = []
  const terminal = { modes: { bracketedPasteMode: true }, input: (text: string) => typed.push(text) }
  const host = new EventTarget()
  guardPastes(terminal as unknown as Terminal, host as HTMLElement)
  const paste = Object.assign(new Event('paste', { cancelable: true }), {
    clipboardData: { getData: () => 'x'.repeat(MOST_PASTED + 1) },
  })
  host.dispatchEvent(paste)
  expect(paste.defaultPrevented).toBe(true)
  expect(typed).toEqual([])
  expect(useWindow.getState().toasts).toMatchObject([{ tone: 'failure', message: /^Nothing was pasted: / }])
})
