/** What the machine has left, looked at while sessions run, as only then somebody needs to know. Decides nothing. */

import { readFile } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import type { Clock } from '../kit/clock.ts'
import { createEmitter } from '../kit/emitter.ts'
import { UNKNOWN_MACHINE, type Machine } from '../../shared/model/machine.ts'
import { readMeminfo, sayMemory } from './memory.ts'

export type MachineWatch = {
  view(): Machine
  /** Says whether sessions run. */
  watch(running: boolean): void
  onChange(listener: (machine: Machine) => void): () => void
  close(): void
}

type Reading = { readonly totalBytes: number; readonly availableBytes: number }

export const LOOK_MS = 10_000

/** What the system could give to a new program, caches that it would drop included where it tells of them. */
async function readSystem(): Promise<Reading> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '')
  return readMeminfo(text) ?? { totalBytes: totalmem(), availableBytes: freemem() }
}

/** `read`: what the memory is now; left out: of this machine. */
export function createMachine({ clock, read = readSystem }: { readonly clock: Clock; read?(): Promise<Reading> }): MachineWatch {
  const changed = createEmitter<Machine>()
  let machine = UNKNOWN_MACHINE
  /** The watch that is on; null while nothing runs. One that ended while it read says nothing. */
  let watching: symbol | null = null
  let callOff = (): void => undefined

  function say(now: Machine): void {
    if (now.memory === machine.memory) return
    machine = now
    changed.emit(machine)
  }

  async function look(watch: symbol): Promise<void> {
    const reading = await read()
    if (watching !== watch) return
    say({ memory: sayMemory(machine.memory, reading) })
    callOff = clock.after(LOOK_MS, () => void look(watch))
  }

  return {
    view: () => machine,
    watch(running) {
      if (running === (watching !== null)) return
      callOff()
      watching = running ? Symbol('watch') : null
      // What is not looked at any more is not known any more.
      if (watching === null) say(UNKNOWN_MACHINE)
      else void look(watching)
    },
    onChange: (listener) => changed.on(listener),
    close() {
      watching = null
      callOff()
    },
  }
}
