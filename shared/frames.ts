/**
 * The byte channel: what a terminal's bytes look like between the page and the House.
 * One byte of kind, one byte of length and the terminal's id, then the body. Knows nothing of who carries it.
 */

export type Frame =
  /** To the page: everything the terminal shows now; `data` continues exactly where it ends. */
  | {
      readonly kind: 'screen'
      readonly terminal: string
      readonly cols: number
      readonly rows: number
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'data'; readonly terminal: string; readonly bytes: Uint8Array }
  /** To the page: the process ended and all its output was sent. */
  | { readonly kind: 'exit'; readonly terminal: string; readonly code: number | null; readonly signal: number | null }
  /**
   * To the page: from here on the terminal has this size, whatever its place on the page, and this page answers what the
   * program asks of a terminal, or does not. Behind a `screen` it comes only where the page answers.
   */
  | {
      readonly kind: 'size'
      readonly terminal: string
      readonly cols: number
      readonly rows: number
      readonly answers: boolean
    }
  /** From the page: show me this terminal; its place here has this size. `claims`: somebody looks at this window now. */
  | {
      readonly kind: 'attach'
      readonly terminal: string
      readonly cols: number
      readonly rows: number
      readonly claims?: boolean
    }
  | { readonly kind: 'detach'; readonly terminal: string }
  | { readonly kind: 'input'; readonly terminal: string; readonly bytes: Uint8Array }
  /** From the page: what its terminal answered to a question of the program. Nobody typed it. */
  | { readonly kind: 'answer'; readonly terminal: string; readonly bytes: Uint8Array }
  /** From the page: the place of the terminal has another size now. The terminal gets it where this page sized it last. */
  | { readonly kind: 'resize'; readonly terminal: string; readonly cols: number; readonly rows: number }
  /** From the page: somebody looks at this window now; the terminal gets the size of its place here. */
  | { readonly kind: 'claim'; readonly terminal: string; readonly cols: number; readonly rows: number }
  /** From the page: it has parsed this many bytes more. */
  | { readonly kind: 'ack'; readonly terminal: string; readonly count: number }

const KINDS = ['screen', 'data', 'exit', 'attach', 'detach', 'input', 'resize', 'ack', 'size', 'answer', 'claim'] as const

export const MAX_CELLS_ACROSS = 1000
export const MAX_CELLS_DOWN = 500
/** One input frame; a larger paste goes as several. */
export const MAX_INPUT_BYTES = 1024 * 1024

/** No exit code or signal: exit codes are 0–255, signals 1–64. */
const NONE = 0xffff

/** Terminal ids are ours and plain: letters, digits, “-”, “.” and “:”. */
const TERMINAL_ID = /^[\w.:-]{1,255}$/u

function bodyOf(frame: Frame): Uint8Array {
  const numbers = (...values: readonly number[]): Uint8Array => {
    const view = new DataView(new ArrayBuffer(values.length * 4))
    values.forEach((value, index) => view.setUint32(index * 4, value))
    return new Uint8Array(view.buffer)
  }
  switch (frame.kind) {
    case 'data':
    case 'input':
    case 'answer':
      return frame.bytes
    case 'screen': {
      const body = new Uint8Array(8 + frame.bytes.length)
      body.set(numbers(frame.cols, frame.rows))
      body.set(frame.bytes, 8)
      return body
    }
    case 'exit':
      return numbers(frame.code ?? NONE, frame.signal ?? NONE)
    case 'attach':
      return numbers(frame.cols, frame.rows, ...(frame.claims === true ? [1] : []))
    case 'size':
      return numbers(frame.cols, frame.rows, frame.answers ? 1 : 0)
    case 'resize':
    case 'claim':
      return numbers(frame.cols, frame.rows)
    case 'ack':
      return numbers(frame.count)
    case 'detach':
      return new Uint8Array()
  }
}

/** Takes a frame, gives its bytes. Throws for a terminal id that is not one of ours. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  if (!TERMINAL_ID.test(frame.terminal)) throw new RangeError('Not a terminal id.')
  const id = Uint8Array.from(frame.terminal, (character) => character.charCodeAt(0))
  const body = bodyOf(frame)
  const bytes = new Uint8Array(2 + id.length + body.length)
  bytes[0] = KINDS.indexOf(frame.kind)
  bytes[1] = id.length
  bytes.set(id, 2)
  bytes.set(body, 2 + id.length)
  return bytes
}

/** Takes bytes from the other side, gives the frame, or null for anything that is not one. Never throws. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  const kind = KINDS[bytes[0] ?? KINDS.length]
  const idLength = bytes[1]
  if (kind === undefined || idLength === undefined || bytes.length < 2 + idLength) return null
  const terminal = String.fromCharCode(...bytes.subarray(2, 2 + idLength))
  if (!TERMINAL_ID.test(terminal)) return null
  const body = bytes.subarray(2 + idLength)
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const sized = (): { cols: number; rows: number } | null => {
    if (body.length < 8) return null
    const [cols, rows] = [view.getUint32(0), view.getUint32(4)]
    return cols >= 1 && rows >= 1 && cols <= MAX_CELLS_ACROSS && rows <= MAX_CELLS_DOWN ? { cols, rows } : null
  }
  switch (kind) {
    case 'data':
      return { kind, terminal, bytes: body }
    case 'input':
    case 'answer':
      return body.length <= MAX_INPUT_BYTES ? { kind, terminal, bytes: body } : null
    case 'screen': {
      const size = sized()
      return size && { kind, terminal, ...size, bytes: body.subarray(8) }
    }
    case 'exit': {
      if (body.length !== 8) return null
      const [code, signal] = [view.getUint32(0), view.getUint32(4)]
      return { kind, terminal, code: code === NONE ? null : code, signal: signal === NONE ? null : signal }
    }
    case 'attach': {
      const size = body.length === 8 || body.length === 12 ? sized() : null
      return size && { kind, terminal, ...size, ...(body.length === 12 ? { claims: view.getUint32(8) === 1 } : {}) }
    }
    case 'size': {
      const size = body.length === 12 ? sized() : null
      return size && { kind, terminal, ...size, answers: view.getUint32(8) === 1 }
    }
    case 'resize':
    case 'claim': {
      const size = body.length === 8 ? sized() : null
      return size && { kind, terminal, ...size }
    }
    case 'ack':
      return body.length === 4 ? { kind, terminal, count: view.getUint32(0) } : null
    case 'detach':
      return body.length === 0 ? { kind, terminal } : null
  }
}
