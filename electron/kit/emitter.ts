/** Tells many listeners of one kind of thing. A listener that throws does not keep the others from hearing. */

export type Emitter<Value> = {
  emit(value: Value): void
  on(listener: (value: Value) => void): () => void
}

export function createEmitter<Value>(): Emitter<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    emit(value) {
      for (const listener of listeners) {
        try {
          listener(value)
        } catch (error) {
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
