/** What was loaded a moment ago, by what it was made of. Holds at most so many bytes, and lets the longest unused go first. */

export type Loads = {
  /** Gives what is kept under that key, or loads and keeps it; whoever asks meanwhile waits for the same load. A failed one is not kept. */
  once<Value>(key: string, load: () => Promise<Value>, bytesOf: (value: Value) => number): Promise<Value>
}

const MOST_BYTES = 48 * 1024 * 1024

type Kept = { readonly value: Promise<unknown>; bytes: number }

/** Takes how many bytes may be held, as `bytesOf` counts them. */
export function createLoads(most = MOST_BYTES): Loads {
  const kept = new Map<string, Kept>()
  let total = 0

  function drop(key: string, entry: Kept): void {
    if (kept.get(key) !== entry) return
    kept.delete(key)
    total -= entry.bytes
  }

  function make(key: string, load: () => Promise<unknown>, bytesOf: (value: never) => number): Kept {
    const entry: Kept = { value: load(), bytes: 0 }
    kept.set(key, entry)
    entry.value.then(
      (value) => {
        if (kept.get(key) !== entry) return
        entry.bytes = bytesOf(value as never) + key.length
        total += entry.bytes
        for (const [oldest, one] of kept) {
          if (total <= most) break
          if (one.bytes > 0) drop(oldest, one)
        }
      },
      () => drop(key, entry),
    )
    return entry
  }

  return {
    once<Value>(key: string, load: () => Promise<Value>, bytesOf: (value: Value) => number): Promise<Value> {
      const found = kept.get(key)
      if (found === undefined) return make(key, load, bytesOf).value as Promise<Value>
      // Used again: the youngest now.
      kept.delete(key)
      kept.set(key, found)
      return found.value as Promise<Value>
    },
  }
}
