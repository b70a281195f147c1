/** The demonstration as a child of a running Sluice: started once, kept until Sluice ends or is killed. It tidies up after itself. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { Answer } from '../../shared/contract.ts'
import { fail, ok } from '../../shared/result.ts'
import { withOwnFilesOnly } from '../kit/own-files.ts'

export type DemoChild = {
  /** Gives the address of the one demonstration, starting it when there is none. */
  start(): Promise<Answer<'demo.start'>>
  /** Ends it, and waits a while for its folder to go. */
  close(): Promise<void>
}

/** It may have to build first. */
const SERVING_MS = 180_000
/** So long its last line may be on its way. */
const LINGERING_MS = 1000
/** It stops its own sessions one after the other; what takes longer goes on without us. */
const TIDY_MS = 10_000

/** The two lines of `demo --json` that matter here; the others are for whoever follows its steps. */
const line = z.union([
  z.object({ step: z.literal('serving'), url: z.url() }),
  z.object({ ok: z.literal(false), error: z.object({ message: z.string() }) }),
])

function parsed(text: string): z.infer<typeof line> | null {
  try {
    return line.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** The checkout's own Node: inside the desktop app `process.execPath` is no Node. */
async function nodeFor(demo: string): Promise<string> {
  const bin = process.platform === 'win32' ? 'node.exe' : 'node'
  const own = join(demo, '../../../node_modules/node/bin', bin)
  return (await isThere(own)) ? own : process.execPath
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Takes the file of the demonstration, which an installed app does not have. */
export function createDemoChild(demo: string): DemoChild {
  let child: ChildProcess | null = null
  let serving: Promise<Answer<'demo.start'>> | null = null
  let closed = false

  /** Resolves with its address, or with why there is none. */
  function follow(started: ChildProcess): Promise<Answer<'demo.start'>> {
    return new Promise((resolve) => {
      let why = 'it ended before it could be looked at'
      let lingering: NodeJS.Timeout | undefined
      const tooLate = setTimeout(() => {
        why = 'it did not come up in time'
        started.kill('SIGTERM')
      }, SERVING_MS)
      function end(answer: Answer<'demo.start'>): void {
        clearTimeout(tooLate)
        resolve(answer)
      }
      if (started.stdout !== null)
        // Read to the end: a full pipe would hold it up.
        createInterface({ input: started.stdout }).on('line', (text) => {
          const said = parsed(text)
          if (said !== null && 'url' in said) end(ok({ url: said.url }))
          else if (said !== null) why = said.error.message.replace(/\.$/u, '')
        })
      const ended = (): void => {
        clearTimeout(lingering)
        if (child === started) [child, serving] = [null, null]
        end(fail('demo-failed', `The demonstration could not be started: ${why}. Try “sluice demo” in a terminal to see more.`))
      }
      started.once('error', (error) => {
        why = error.message
        ended()
      })
      // Not at its exit: its last line may still be on its way. But what it started may hold its output open for ever.
      started.once('exit', () => {
        lingering = setTimeout(ended, LINGERING_MS)
      })
      started.once('close', ended)
    })
  }

  async function launch(): Promise<Answer<'demo.start'>> {
    if (!(await isThere(demo)))
      return fail('no-demo', 'The demonstration is part of a checkout of Sluice; it is not in this installed one.')
    const program = withOwnFilesOnly(await nodeFor(demo), [demo, '--json', '--until-stdin-ends'])
    if (closed) return fail('demo-failed', 'Sluice is closing.')
    // Nothing is ever written: its end tells the demonstration that Sluice is gone, also when it was killed.
    child = spawn(program.file, program.args, { stdio: ['pipe', 'pipe', 'ignore'] })
    return follow(child)
  }

  return {
    start() {
      if (closed) return Promise.resolve(fail('demo-failed', 'Sluice is closing.'))
      const mine = (serving ??= launch())
      const forget = (): void => {
        if (serving === mine) serving = null
      }
      // The next one who asks tries again.
      mine.then((answer) => (answer.ok ? undefined : forget()), forget)
      return mine
    },
    async close() {
      closed = true
      if (child === null || hasEnded(child)) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const tidied = new AbortController()
      await Promise.race([gone, sleep(TIDY_MS, undefined, { signal: tidied.signal })])
      tidied.abort()
    },
  }
}
