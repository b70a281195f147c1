/** Plays a life in a host of its own process, and hears what it says. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Precious } from './life.ts'
import type { Scene, Strike } from './scene.ts'

export type Played = {
  readonly precious: readonly Precious[]
  /** True when it came to its end. */
  readonly ended: boolean
  /** The sentences of what was refused on the way. */
  readonly refused: readonly string[]
  /** Whatever else it said: for whoever reads a failed test. */
  readonly said: readonly string[]
}

export type Way = {
  readonly strike?: Strike
  /** The host is killed so many milliseconds after its repository was open. */
  readonly killAfter?: number
  /** What is done before a refused call is made a second time; left out: it is not. */
  readonly mend?: 'nothing' | 'free'
  /** The host may have no more than so many files open. */
  readonly files?: number
}

export async function play(scene: Scene, { strike, killAfter, mend, files }: Way): Promise<Played> {
  const words = [join(import.meta.dirname, 'play.ts'), scene.folder, ...(mend === undefined ? [] : [mend])]
  const limited = files === undefined ? [] : ['-c', `ulimit -n ${files} && exec "$0" "$@"`, process.execPath]
  const child = spawn(files === undefined ? process.execPath : '/bin/sh', [...limited, ...words], {
    env: { ...scene.env(strike) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const precious: Precious[] = []
  const refused: string[] = []
  const said: string[] = []
  let ended = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value = JSON.parse(line) as Partial<Precious> & { begun?: true; ended?: true; refused?: string }
    if (value.kind !== undefined && value.what !== undefined) precious.push({ kind: value.kind, what: value.what })
    else if (value.refused !== undefined) refused.push(value.refused)
    else said.push(line)
    if (value.begun === true && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
    ended ||= value.ended === true
  })
  await once(child, 'close')
  return { precious, ended, refused, said }
}
