/** Waits for what must become true. */

/** Generous: it is reached only where it never becomes true, also on a busy machine. */
const DEADLINE_MS = 100_000

/** Resolves when the claim holds; throws, saying what it waited for, when that takes too long. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
