/** The prompts of one session that did not arrive: kept, shown, let go of. Says so in facts that hold no text. */

import { createLane } from '../kit/lane.ts'
import type { SessionFact } from './facts.ts'
import { readUnsent, writeUnsent, type Unsent } from './unsent.ts'

export type Keep = {
  first(): Unsent | null
  /** The first that waits to be typed. */
  waiting(): Unsent | null
  add(prompt: Unsent): void
  /** The one that waited was typed, and not confirmed. */
  unconfirmed(text: string): void
  /** Those arrived. */
  letGo(which: (prompt: Unsent) => boolean): void
  /** Drops the first, by the user's word. */
  forget(): void
  /** Resolves when all is on disk. */
  idle(): Promise<void>
}

/** Begins with what an earlier Sluice kept. */
export function createKeep(parts: {
  readonly id: string
  readonly folder: string
  keep(fact: SessionFact): void
  changed(): void
  failed(error: unknown): void
}): Keep {
  const { id: session, folder, keep, changed, failed } = parts
  const lane = createLane()
  let prompts: readonly Unsent[] = []

  void lane
    .run('file', async () => {
      const before = await readUnsent(folder)
      if (before.length === 0) return
      prompts = [...before, ...prompts]
      changed()
    })
    .catch(failed)

  function become(next: readonly Unsent[]): void {
    if (next.length === prompts.length && next.every((prompt, at) => prompt === prompts[at])) return
    prompts = next
    changed()
    void lane.run('file', () => writeUnsent(folder, prompts)).catch(failed)
  }

  return {
    first: () => prompts[0] ?? null,
    waiting: () => prompts.find(({ waits }) => waits) ?? null,
    add(prompt) {
      become([...prompts.filter(({ text }) => text !== prompt.text), prompt])
      keep({ kind: 'prompt-kept', session, waits: prompt.waits })
    },
    unconfirmed(text) {
      become(prompts.map((prompt) => (prompt.text === text ? { text, waits: false } : prompt)))
      keep({ kind: 'prompt-kept', session, waits: false })
    },
    letGo(which) {
      const gone = prompts.filter(which)
      become(prompts.filter((prompt) => !gone.includes(prompt)))
      for (const _ of gone) keep({ kind: 'prompt-sent', session })
    },
    forget() {
      if (prompts.length === 0) return
      become(prompts.slice(1))
      keep({ kind: 'prompt-forgotten', session })
    },
    idle: () => lane.idle(),
  }
}
