/** How a verb says no: a failure is something the user can act on. A fault (a bug) is thrown instead. */

export type Failure<Code extends string = string> = {
  readonly code: Code
  /** A full sentence that says what happened and what to do. */
  readonly message: string
  readonly detail?: unknown
}

export type Done<Value> = { readonly ok: true; readonly value: Value }
export type Refused<Code extends string = string> = { readonly ok: false; readonly failure: Failure<Code> }
export type Result<Value, Code extends string = string> = Done<Value> | Refused<Code>

export function ok<Value>(value: Value): Done<Value> {
  return { ok: true, value }
}

export function fail<Code extends string>(code: Code, message: string, detail?: unknown): Refused<Code> {
  return { ok: false, failure: detail === undefined ? { code, message } : { code, message, detail } }
}
