/** Starts the House of the terminal benchmarks and says to it what to do. */

import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Limits } from '../../electron/terminals/credit.ts'

export type Ask =
  /** Ends what runs in the terminal and runs a script of bash there. */
  | { readonly kind: 'run'; readonly terminal: string; readonly script: string }
  | { readonly kind: 'write'; readonly terminal: string; readonly text: string }
  /** The last lines, once everything printed so far was parsed. */
  | { readonly kind: 'shown'; readonly terminal: string }
  | { readonly kind: 'memory'; readonly collect: boolean }
  | { readonly kind: 'close' }

export type Answer = { readonly rss?: number; readonly text?: string }
export type Told =
  { readonly kind: 'ready'; readonly url: string } | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }

export type HouseProcess = {
  readonly url: string
  run(terminal: string, script: string): Promise<void>
  write(terminal: string, text: string): Promise<void>
  shown(terminal: string): Promise<string>
  /** Resident bytes of the whole process; `collect` throws away first what nobody needs. */
  rss(collect?: boolean): Promise<number>
  close(): Promise<void>
}

/** Takes how many sessions there are, and other limits of the credit than the product's. */
export async function startHouseProcess(sessions: number, limits?: Limits): Promise<HouseProcess> {
  const words = [String(sessions), ...(limits === undefined ? [] : [String(limits.idle), String(limits.typing)])]
  const child = fork(join(import.meta.dirname, 'terminal-house.ts'), words, { execArgv: ['--expose-gc'] })
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (why: Error) => void }>()
  let asked = 0
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code, signal) => {
      const why = new Error(`The House of the benchmark ended (${signal ?? code}).`)
      reject(why)
      for (const one of waiting.values()) one.reject(why)
    })
    child.on('message', (told: Told) => {
      if (told.kind === 'ready') return resolve(told.url)
      waiting.get(told.id)?.resolve(told.answer)
      waiting.delete(told.id)
    })
  })
  function ask(what: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error('The House of the benchmark has ended.'))
      asked += 1
      waiting.set(asked, { resolve, reject })
      child.send({ id: asked, ask: what })
    })
  }
  return {
    url,
    run: async (terminal, script) => void (await ask({ kind: 'run', terminal, script })),
    write: async (terminal, text) => void (await ask({ kind: 'write', terminal, text })),
    shown: async (terminal) => (await ask({ kind: 'shown', terminal })).text ?? '',
    rss: async (collect = false) => (await ask({ kind: 'memory', collect })).rss ?? 0,
    close: async () => void (await ask({ kind: 'close' }).catch(() => undefined)),
  }
}
