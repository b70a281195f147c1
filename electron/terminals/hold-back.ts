/**
 * Splits a terminal's byte stream where a screen can be taken: never inside an escape sequence, a character, or a
 * grapheme that the next bytes may still change. What lies behind the split is sent to a viewer as it came. Pure.
 */

/** `string-end`: an ESC inside a string; with “\\” it ends the string, with anything else it starts a sequence. */
type State = 'ground' | 'escape' | 'csi' | 'string' | 'string-end'

export type HoldBack = {
  /** Takes the next bytes of the stream; gives those that are complete now, held ones included. */
  push(bytes: Uint8Array): Uint8Array
  /** What a viewer must be sent after the screen, so that its parser stands where the stream stands. */
  held(): Uint8Array
  /** Something other than bytes comes next, which no grapheme reaches across: gives whole characters that were held. */
  settle(): Uint8Array
}

/** Longer than any title, link or mark people use; of an unfinished string longer than this only its kind is remembered. */
export const MAX_HELD_BYTES = 64 * 1024
/** No grapheme is longer: a run of other than ASCII text is cut here, at a character. */
const MAX_GRAPHEME_BYTES = 256

const ESC = 0x1b
const BEL = 0x07
const CAN = 0x18
const SUB = 0x1a
/** The first byte of U+0080 – U+00BF in UTF-8: with 80–9F it is an 8-bit control. */
const C1_LEAD = 0xc2
/** From here on a byte begins a character of several bytes. */
const LEAD = 0xc0
const BACKSLASH = 0x5c
/** OSC, DCS, APC, PM, SOS. */
const STRING_INTRODUCERS: readonly number[] = [0x5d, 0x50, 0x5f, 0x5e, 0x58]

/** Reopens an overlong unfinished sequence at the viewer such that the rest of it is ignored there. */
const REOPEN_CSI = Uint8Array.from('\x1b[0<', (character) => character.charCodeAt(0))
const REOPEN_ESCAPE = Uint8Array.of(ESC)
const REOPEN_STRING: Readonly<Record<string, Uint8Array>> = {
  ']': Uint8Array.from('\x1b]99999;', (character) => character.charCodeAt(0)),
  P: Uint8Array.from('\x1bP~', (character) => character.charCodeAt(0)),
  _: Uint8Array.from('\x1b_', (character) => character.charCodeAt(0)),
}

const NOTHING = new Uint8Array()

export function createHoldBack(): HoldBack {
  let state: State = 'ground'
  /** Which string: OSC ends at BEL too; DCS and the rest do not. */
  let string: ']' | 'P' | '_' = '_'
  let held: Uint8Array = NOTHING
  /** Set while an unfinished sequence was too long to hold. */
  let reopen: Uint8Array | null = null
  /** Offsets into `held` plus the new bytes; -1: none. */
  let grapheme = -1
  let sequence = -1
  let escapeAt = -1
  let collected = false
  let afterC1Lead = false

  function introduce(byte: number, at: number): void {
    sequence = at
    if (byte === 0x5b) state = 'csi'
    else if (STRING_INTRODUCERS.includes(byte)) {
      state = 'string'
      string = byte === 0x5d ? ']' : byte === 0x50 ? 'P' : '_'
    }
  }

  function finish(): void {
    state = 'ground'
    sequence = -1
    grapheme = -1
    reopen = null
  }

  function escape(at: number): void {
    if (state === 'string' && reopen === null) state = 'string-end'
    else {
      state = 'escape'
      sequence = at
      reopen = null
    }
    escapeAt = at
    collected = false
  }

  /** Text inside a sequence breaks it off; where it began is not worth knowing: all of it is held until the next character. */
  function breakOff(at: number): void {
    const from = sequence === -1 || reopen !== null ? at : sequence
    finish()
    grapheme = from
  }

  function step(byte: number, at: number): void {
    const wasC1Lead = afterC1Lead
    afterC1Lead = byte === C1_LEAD
    if (wasC1Lead && byte >= 0x80 && byte <= 0x9f) {
      // 8-bit controls work in every state: an introducer starts anew, any other ends what was open.
      finish()
      introduce(byte - 0x40, at - 1)
      if (state === 'ground') sequence = -1
    } else if (byte === ESC) escape(at)
    else if (byte === CAN || byte === SUB) finish()
    else if (state === 'ground') {
      if (byte < 0x20) grapheme = -1
      else if (byte >= LEAD && (grapheme === -1 || at - grapheme >= MAX_GRAPHEME_BYTES)) grapheme = at
    } else if (state === 'string') {
      if (byte === BEL && string === ']') finish()
      else if (byte >= LEAD && byte !== C1_LEAD && string === '_') breakOff(at)
    } else if (state === 'string-end') {
      if (byte === BACKSLASH) finish()
      else {
        state = 'escape'
        sequence = escapeAt
        step(byte, at)
      }
    } else if (byte >= LEAD) breakOff(at)
    else if (state === 'csi') {
      if (byte >= 0x40 && byte < 0x7f) finish()
    } else if (byte >= 0x20 && byte < 0x30) collected = true
    else if (byte >= 0x30 && byte < 0x7f) {
      // With an intermediate it is another sequence: “ESC ( P” designates, it does not open a string.
      if (!collected) introduce(byte, sequence)
      if (state === 'escape') finish()
    }
  }

  return {
    push(bytes) {
      const all = held.length === 0 ? bytes : concat(held, bytes)
      const { length } = all
      for (let at = held.length; at < length; at += 1) {
        const from = at
        // Nearly all bytes are one of these two cases: worth not leaving the loop for.
        if (state === 'ground') {
          while (at < length && all[at]! >= 0x20 && all[at]! < 0x7f) at += 1
          if (at > from) grapheme = at - 1
          // The rest of a character changes nothing.
          else if (all[at]! >= 0x80 && all[at]! < LEAD && !afterC1Lead) continue
        } else if (state === 'csi') {
          while (at < length && all[at]! >= 0x20 && all[at]! < 0x40) at += 1
        }
        if (at > from) afterC1Lead = false
        if (at < length) step(all[at]!, at)
      }
      let split = all.length
      if (reopen === null) {
        if (grapheme !== -1) split = grapheme
        else if (sequence !== -1) split = sequence
        if (all.length - split > MAX_HELD_BYTES) {
          split = all.length
          reopen = state === 'csi' ? REOPEN_CSI : state === 'escape' ? REOPEN_ESCAPE : REOPEN_STRING[string]!
        }
      }
      held = all.slice(split)
      if (reopen !== null) {
        grapheme = -1
        sequence = 0
      } else {
        if (grapheme !== -1) grapheme -= split
        if (sequence !== -1) sequence -= split
      }
      escapeAt -= split
      return all.subarray(0, split)
    },
    held: () => (reopen === null ? held : concat(reopen, held)),
    settle() {
      if (reopen !== null) return NOTHING
      const split = state === 'ground' ? wholeCharacters(held) : sequence
      if (split <= 0) return NOTHING
      const whole = held.slice(0, split)
      held = held.slice(split)
      grapheme = state === 'ground' && held.length > 0 ? 0 : -1
      if (sequence !== -1) sequence -= split
      escapeAt -= split
      return whole
    },
  }
}

/** The length without a last character of which bytes are still missing. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte < LEAD) continue
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return back < wanted ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
