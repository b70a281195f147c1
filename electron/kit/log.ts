/** The House's own log: one JSON line a record, on a stream. Never holds prompts, terminal bytes or environment values. */

export type Log = {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void
  /** A fault: gives the id that the user sees and can quote. */
  fault(error: unknown, facts?: Readonly<Record<string, unknown>>): string
}

type Sink = { write(line: string): unknown }

export function createLog(sink: Sink, now: () => Date): Log {
  function write(level: string, message: string, facts: Readonly<Record<string, unknown>> = {}): void {
    sink.write(`${JSON.stringify({ at: now().toISOString(), level, message, ...facts })}\n`)
  }
  return {
    info: (message, facts) => write('info', message, facts),
    fault(error, facts) {
      const id = `F-${crypto.randomUUID().slice(0, 8)}`
      const cause = error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) }
      write('fault', cause.message, { ...facts, id, stack: cause.stack })
      return id
    },
  }
}
