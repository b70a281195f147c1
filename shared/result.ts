/** How a verb says no: a failure is something the user can act on. A fault (a bug) is thrown instead. */

export type Failure<Code extends string = string> = {
  readonly code: Code
  /** A full sentence that says what happened and what to do. */
  readonly message: string
  readonly detail?: unknown
}

export type Result<Value, Code extends string = string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure<Code> }

export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value }
}

export function fail<Code extends string>(code: Code, message: string, detail?: unknown): Result<never, Code> {
  return { ok: false, failure: detail === undefined ? { code, message } : { code, message, detail } }
}
