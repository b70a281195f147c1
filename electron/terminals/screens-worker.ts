/** The thread that parses: holds the headless screens of all terminals and does what `screens.ts` posts, in order. */

import { parentPort } from 'node:worker_threads'
import { createScreen, type HeadlessScreen } from './screen.ts'
import type { FromWorker, ToWorker } from './screen-messages.ts'

const screens = new Map<string, HeadlessScreen>()
/** Parsed since the last report, per terminal: one message for many small writes. */
const parsed = new Map<string, number>()

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer)
}

function report(id: string, count: number): void {
  if (parsed.size === 0) {
    setImmediate(() => {
      for (const [id, count] of parsed) post({ kind: 'parsed', id, count })
      parsed.clear()
    })
  }
  parsed.set(id, (parsed.get(id) ?? 0) + count)
}

function hear(message: ToWorker): void {
  const { id } = message
  const screen = screens.get(id)
  switch (message.kind) {
    case 'open':
      screen?.dispose()
      screens.set(
        id,
        createScreen({
          ...message,
          answer(text) {
            const bytes = new TextEncoder().encode(text)
            post({ kind: 'answer', id, bytes }, [bytes.buffer])
          },
        }),
      )
      return
    case 'write':
      return screen?.write(message.bytes, message.answer, () => report(id, message.bytes.length))
    case 'resize':
      return screen?.resize(message.cols, message.rows)
    case 'screen': {
      const { request } = message
      const give = (taken: { cols: number; rows: number; bytes: Uint8Array<ArrayBuffer> }): void =>
        post({ kind: 'screen', request, ...taken }, [taken.bytes.buffer])
      return screen === undefined ? give({ cols: 80, rows: 24, bytes: new Uint8Array() }) : screen.take(give)
    }
    case 'text': {
      const { request } = message
      const give = (text: string): void => post({ kind: 'text', request, text })
      return screen === undefined ? give('') : screen.text(message.maxLines, give)
    }
    case 'begin':
      return screen?.begin()
    case 'scrollback':
      return screen?.keepLines(message.lines)
    case 'keepsake': {
      const { request } = message
      const give = (bytes: Uint8Array<ArrayBuffer>): void => post({ kind: 'keepsake', request, bytes }, [bytes.buffer])
      return screen === undefined ? give(new Uint8Array()) : screen.keepsake(message.mostBytes, give)
    }
    case 'restore': {
      const shown = screen?.restore(message.bytes, message.below) ?? false
      return post({ kind: 'restored', request: message.request, shown })
    }
    case 'dispose':
      screen?.dispose()
      screens.delete(id)
      return
  }
}

parentPort?.on('message', hear)
