/** The `sluice` command as a script uses it: a host to start, and verbs that answer in JSON. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const LAUNCHER = resolve(import.meta.dirname, '../../build/sluice.mjs')
const BUILT = resolve(import.meta.dirname, '../../out/main/sluice.js')

let fresh: Promise<unknown> | null = null

/** The launcher looks through all sources each time, which takes as long as what it starts: once is enough. */
async function built(): Promise<string> {
  fresh ??= once(spawn(process.execPath, [LAUNCHER, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] }), 'exit')
  await fresh
  return BUILT
}

export type Answer = { readonly code: number; readonly json: unknown; readonly stderr: string }

export type Host = {
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** Runs one client verb; never throws for a refusal. */
  ask(...words: readonly string[]): Promise<Answer>
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number>
}

export type HostOptions = {
  readonly env: Readonly<Record<string, string>>
  readonly dataDir: string
  readonly words: readonly string[]
}

/** Runs one `sluice … --json` to its end. */
export async function runSluice(env: Readonly<Record<string, string>>, words: readonly string[], input = ''): Promise<Answer> {
  const plain = words.includes('--') ? words.indexOf('--') : words.length
  const child = spawn(process.execPath, [await built(), ...words.slice(0, plain), '--json', ...words.slice(plain)], {
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  let json: unknown
  try {
    json = stdout.trim() === '' ? undefined : JSON.parse(stdout)
  } catch {
    throw new Error(`“sluice ${words.join(' ')} --json” printed something else than one JSON value: ${stdout.slice(0, 500)}`)
  }
  return { code: typeof code === 'number' ? code : 1, json, stderr }
}

/** Starts `sluice serve` and waits for its one line. Throws with what it said when it does not come up. */
export async function startHost({ env, dataDir, words }: HostOptions): Promise<Host> {
  const child = spawn(process.execPath, [LAUNCHER, 'serve', ...words, '--data', dataDir, '--no-open', '--json'], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1))
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([first]) => String(first)),
    exited.then((code) => {
      throw new Error(`sluice serve ended with ${code}: ${said}`)
    }),
  ])
  const ready = JSON.parse(line) as { url?: string; pid?: number; error?: { message: string } }
  if (ready.url === undefined || ready.pid === undefined) throw new Error(ready.error?.message ?? line)
  return {
    url: ready.url,
    pid: ready.pid,
    dataDir,
    ask(...asked) {
      const plain = asked.includes('--') ? asked.indexOf('--') : asked.length
      return runSluice(env, [...asked.slice(0, plain), '--data', dataDir, ...asked.slice(plain)])
    },
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
