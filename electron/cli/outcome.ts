/** How a command of `sluice` ends: what it prints and with which exit code. The public contract of `cli.md`. */

export const EXIT = { done: 0, refused: 1, usage: 2, noHost: 3, timedOut: 4, cannotCome: 5 } as const

export type Outcome = {
  readonly code: number
  /** Printed on stdout with `--json`: one value, nothing else. */
  readonly json?: unknown
  /** Printed on stdout without `--json`. */
  readonly text?: string
  /** A sentence for stderr; with `--json` it is in the value. */
  readonly message?: string
}

export function done(json: unknown, text: string): Outcome {
  return { code: EXIT.done, json, text }
}

export function failed(
  code: number,
  failure: { readonly code: string; readonly message: string; readonly detail?: unknown },
): Outcome {
  const { message, detail } = failure
  return { code, json: { error: { code: failure.code, message, ...(detail === undefined ? {} : { detail }) } }, message }
}
