/** Answers that stay true for ever, such as those about two commits: kept while they are asked for. Knows nothing of git. */

export type Recall<Value> = {
  /** The answer of that key, asked for only when it is not known. */
  of(key: string, ask: () => Promise<Value>): Promise<Value>
  /** Forgets every answer that nobody wanted since the last turn. */
  turn(): void
}

export function createRecall<Value>(): Recall<Value> {
  let before = new Map<string, { readonly value: Value }>()
  let now = new Map<string, { readonly value: Value }>()
  return {
    async of(key, ask) {
      const known = now.get(key) ?? before.get(key) ?? { value: await ask() }
      now.set(key, known)
      return known.value
    },
    turn() {
      before = now
      now = new Map()
    },
  }
}
