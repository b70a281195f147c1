/**
 * The screens of all terminals, kept in one worker thread. Feeds it in order, asks it, starts it again if it dies.
 * Parses nothing itself, so that no output can block the House.
 */

import { Worker } from 'node:worker_threads'
import { createEmitter } from '../kit/emitter.ts'
import { MOST_BYTES } from './saved-lines.ts'
import type { FromWorker, ToWorker } from './screen-messages.ts'

export type Screen = {
  readonly cols: number
  readonly rows: number
  /** Written to an empty terminal of this size they give the same screen, scrollback and modes. */
  readonly bytes: Uint8Array
}

export type ScreenListener = {
  /** The screen has taken in more of what was written. */
  parsed(): void
  /** The screen answers the program, because nobody views the terminal. */
  answered(bytes: Uint8Array): void
}

export type Screens = {
  /** Opens an empty screen; one of the same id is replaced. */
  open(id: string, cols: number, rows: number, listener: ScreenListener): void
  write(id: string, bytes: Uint8Array, answer: boolean): void
  resize(id: string, cols: number, rows: number): void
  dispose(id: string): void
  /** Resolves with what is shown after all that was written before this call. Empty for an unknown id. */
  screen(id: string): Promise<Screen>
  /** Resolves with the last lines as plain text. */
  text(id: string, maxLines: number): Promise<string>
  /** How many lines above each screen are kept from now on. */
  keepLines(scrollback: number): void
  /** Another program begins in the terminal. */
  begin(id: string): void
  /** Resolves with what is worth keeping over a restart; null when there is nothing that could be asked. */
  keepsake(id: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Shows a keepsake and a line below it; resolves with false when it is none: then nothing is shown. */
  restore(id: string, bytes: Uint8Array<ArrayBuffer>, below: string): Promise<boolean>
  /** Bytes written that the screen has not taken in yet. */
  unparsed(id: string): number
  /** The worker died and all screens are empty again; what comes next is shown. */
  readonly lost: { on(listener: (error: Error) => void): () => void }
  close(): Promise<void>
}

const LOST = new TextEncoder().encode(
  '\x1b[2m[Sluice lost the earlier screen of this terminal. The program itself still runs.]\x1b[0m\r\n',
)

/** A worker that dies this often within this time is not started again: it would only burn the processor. */
const MAX_DEATHS = 5
const DEATHS_WITHIN_MS = 60_000

/** What waits while the worker is at work on what came before: one message for many small pieces. */
const BATCH_BYTES = 64 * 1024

type Known = {
  cols: number
  rows: number
  /** In the worker. */
  posted: number
  /** Not posted yet. */
  collected: Uint8Array[]
  collectedBytes: number
  /** Whether the screen answers what is asked in the collected bytes. */
  answers: boolean
  readonly listener: ScreenListener
}
type Question = { readonly id: string; readonly ask: ToWorker; answer(message: FromWorker | null): void }

/** Takes where the worker's code is and how many lines each screen keeps; gives screens whose worker runs. */
export function createScreens(options: { readonly worker: URL; readonly scrollback?: number }): Screens {
  let scrollback = options.scrollback ?? 10_000
  const known = new Map<string, Known>()
  const questions = new Map<number, Question>()
  const lost = createEmitter<Error>()
  let deaths: number[] = []
  let lastRequest = 0
  let closed = false
  let worker: Worker | null = start()

  function start(): Worker {
    const started = new Worker(options.worker, { name: 'screens' })
    let cause = new Error('The thread that keeps the screens of the terminals ended.')
    started.on('message', (message: FromWorker) => {
      if (started === worker) hear(message)
    })
    started.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error))
    })
    started.on('exit', () => {
      if (started === worker) died(cause)
    })
    started.unref()
    return started
  }

  function post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    worker?.postMessage(message, transfer)
  }

  function hear(message: FromWorker): void {
    if (message.kind === 'parsed') {
      const screen = known.get(message.id)
      if (screen === undefined) return
      screen.posted = Math.max(0, screen.posted - message.count)
      if (screen.posted === 0) flush(message.id)
      screen.listener.parsed()
    } else if (message.kind === 'answer') {
      known.get(message.id)?.listener.answered(message.bytes)
    } else {
      const question = questions.get(message.request)
      questions.delete(message.request)
      if (questions.size === 0) worker?.unref()
      question?.answer(message)
    }
  }

  function died(cause: Error): void {
    worker = null
    if (closed) return
    const now = performance.now()
    deaths = [...deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now]
    if (deaths.length <= MAX_DEATHS) worker = start()
    for (const [id, screen] of known) {
      screen.posted = 0
      post({ kind: 'open', id, cols: screen.cols, rows: screen.rows, scrollback })
      const { answers, collected, collectedBytes } = screen
      Object.assign(screen, { collected: [], collectedBytes: 0 })
      write(id, screen, LOST, false)
      for (const bytes of collectedBytes > 0 ? collected : []) write(id, screen, bytes, answers)
      screen.listener.parsed()
    }
    const open = [...questions.values()]
    if (worker === null) questions.clear()
    for (const question of open) {
      if (worker === null) question.answer(null)
      else post(question.ask)
    }
    lost.emit(cause)
  }

  /** Posts at once what the worker has time for; the rest when it has, or when it is much. */
  function write(id: string, screen: Known, bytes: Uint8Array, answers: boolean): void {
    if (worker === null) return
    if (answers !== screen.answers) flush(id)
    screen.answers = answers
    screen.collected.push(bytes)
    screen.collectedBytes += bytes.length
    if (screen.posted === 0 || screen.collectedBytes >= BATCH_BYTES) flush(id)
  }

  function flush(id: string): void {
    const screen = known.get(id)
    if (screen === undefined || screen.collectedBytes === 0) return
    // A copy of exactly these bytes: a Buffer may be a small part of a large one, and viewers still read it.
    const copy = new Uint8Array(screen.collectedBytes)
    let at = 0
    for (const bytes of screen.collected) {
      copy.set(bytes, at)
      at += bytes.length
    }
    screen.collected = []
    screen.collectedBytes = 0
    screen.posted += copy.length
    post({ kind: 'write', id, bytes: copy, answer: screen.answers }, [copy.buffer])
  }

  /** Behind what was written before. */
  function tell(message: ToWorker): void {
    flush(message.id)
    post(message)
  }

  function ask<Value>(
    message: ToWorker & { readonly request: number },
    read: (message: FromWorker | null) => Value,
  ): Promise<Value> {
    if (worker === null) return Promise.resolve(read(null))
    return new Promise((resolve) => {
      // Screens alone do not keep a process alive; a question that waits for its answer does.
      worker?.ref()
      questions.set(message.request, { id: message.id, ask: message, answer: (answer) => resolve(read(answer)) })
      tell(message)
    })
  }

  return {
    open(id, cols, rows, listener) {
      known.set(id, { cols, rows, posted: 0, collected: [], collectedBytes: 0, answers: false, listener })
      post({ kind: 'open', id, cols, rows, scrollback })
    },
    write(id, bytes, answer) {
      const screen = known.get(id)
      if (screen !== undefined && bytes.length > 0) write(id, screen, bytes, answer)
    },
    resize(id, cols, rows) {
      const screen = known.get(id)
      if (screen === undefined) return
      screen.cols = cols
      screen.rows = rows
      tell({ kind: 'resize', id, cols, rows })
    },
    dispose(id) {
      known.delete(id)
      post({ kind: 'dispose', id })
      for (const [request, question] of questions) {
        if (question.id !== id) continue
        questions.delete(request)
        question.answer(null)
      }
    },
    screen(id) {
      const { cols, rows } = known.get(id) ?? { cols: 80, rows: 24 }
      const empty: Screen = { cols, rows, bytes: new Uint8Array() }
      return ask({ kind: 'screen', id, request: ++lastRequest }, (message) => (message?.kind === 'screen' ? message : empty))
    },
    text(id, maxLines) {
      return ask({ kind: 'text', id, request: ++lastRequest, maxLines }, (message) =>
        message?.kind === 'text' ? message.text : '',
      )
    },
    keepLines(lines) {
      scrollback = lines
      for (const id of known.keys()) tell({ kind: 'scrollback', id, lines })
    },
    begin: (id) => tell({ kind: 'begin', id }),
    keepsake: (id) =>
      known.has(id)
        ? ask({ kind: 'keepsake', id, request: ++lastRequest, mostBytes: MOST_BYTES }, (message) =>
            message?.kind === 'keepsake' ? message.bytes : null,
          )
        : Promise.resolve(null),
    restore: (id, bytes, below) =>
      ask({ kind: 'restore', id, request: ++lastRequest, bytes, below }, (message) =>
        message?.kind === 'restored' ? message.shown : true,
      ),
    unparsed(id) {
      const screen = known.get(id)
      return screen === undefined ? 0 : screen.posted + screen.collectedBytes
    },
    lost,
    async close() {
      closed = true
      for (const question of questions.values()) question.answer(null)
      questions.clear()
      await worker?.terminate()
    },
  }
}
