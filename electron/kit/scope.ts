/** A lifetime: what was opened last is closed first. */

export type Scope = {
  /** Registers a cleanup; runs it at once when the scope is closed already. */
  add(cleanup: () => void | Promise<void>): void
  /** Runs every cleanup once, last added first; the first error is thrown after all have run. */
  close(): Promise<void>
}

export function createScope(): Scope {
  const cleanups: (() => void | Promise<void>)[] = []
  let closed: Promise<void> | null = null

  async function run(): Promise<void> {
    const errors: unknown[] = []
    for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) {
      try {
        await cleanup()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  return {
    add(cleanup) {
      if (closed === null) cleanups.push(cleanup)
      else void cleanup()
    },
    close() {
      closed ??= run()
      return closed
    },
  }
}
