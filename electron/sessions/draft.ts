/** What the user may have begun to type into Claude Code's prompt line, as a fold over the keys. Pure. Source: measured with 2.1.329. */

// Keys are control characters.
/* oxlint-disable no-control-regex */

export type Draft = {
  /** What the user typed and has not sent; null where the line may hold something and nobody can tell what. */
  readonly text: string | null
  /** The line may hold words that were sent before: those of an interrupted turn come back, and ours may have been left there. */
  readonly stale: boolean
  /** Enter was pressed, and no prompt was heard of since. */
  readonly entered: boolean
  /** Inside of a paste, and the beginning of a sequence whose end has not come yet. */
  readonly pasting: boolean
  readonly rest: string
  /** The last key was Esc, and nothing worked: a second one clears the line. */
  readonly escaped: boolean
  /** How many keys the line was given. */
  readonly strokes: number
}

/** What the keys go to. */
export type Focus = {
  /** A dialog is open, or it is not ready yet: the line gets nothing. */
  readonly dialog: boolean
  readonly working: boolean
}

export const NO_DRAFT: Draft = { text: '', stale: false, entered: false, pasting: false, rest: '', escaped: false, strokes: 0 }

/** True when a prompt must not be typed now. */
export function isDraft({ text, pasting }: Draft): boolean {
  return text !== '' || pasting
}

/**
 * A prompt was submitted. What was typed since Enter is the next draft; without an Enter it was an earlier prompt, which is told late.
 */
export function submitted(draft: Draft): Draft {
  return draft.entered ? { ...draft, text: draft.text ?? '', stale: false, entered: false } : draft
}

/** We pressed Enter. */
export function sent(draft: Draft): Draft {
  return { ...draft, text: '', entered: true, escaped: false }
}

/** The line may hold words of ours, or of the turn that was interrupted. */
export function soiled(draft: Draft): Draft {
  return { ...draft, stale: true }
}

/** Each key, or the whole sequence of one; a sequence that is not finished is the last. Mouse reports of the old kind take three more bytes. */
const KEYS =
  /\u001b\[M[^]{3}|\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]P_^X][^]*?(?:\u0007|\u001b\\)|\u001bO[^]|\u001b\u001b|\u001b[^[\]P_^XO]|\u001b[^]*$|[^]/gu
const PASTE_BEGINS = '\u001b[200~'
const PASTE_ENDS = '\u001b[201~'
/** No longer than this is worth to be known. */
const MOST = 4000

const withoutLast = (text: string): string => {
  const all = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  return all.slice(0, -1).join('')
}

/** Where the cursor may have gone elsewhere, only an empty line is still known. */
const moved = (draft: Draft): Draft => (draft.text === '' ? draft : { ...draft, text: null })
const added = (draft: Draft, more: string): Draft =>
  draft.text === null ? draft : { ...draft, text: draft.text.length + more.length > MOST ? null : draft.text + more }
const unknown = (draft: Draft): Draft => ({ ...draft, text: null })
const changed = (draft: Draft, how: (text: string) => string): Draft =>
  draft.text === null ? draft : { ...draft, text: how(draft.text) }
const withoutWord = (text: string): string => text.replace(/\S*\s*$/u, '')

function entered(draft: Draft): Draft {
  if (draft.text?.endsWith('\\') === true) return changed(draft, (text) => `${text.slice(0, -1)}\n`)
  // Enter may have chosen the name that is being completed.
  if (draft.text !== null && /(?:^|\s)@\S*$/u.test(draft.text)) return { ...draft, text: null, entered: true }
  return { ...draft, text: '', stale: false, entered: true }
}

const FORGETTABLE = new Set(['\u0004', '\u000b', '\u000c', '\u000f', '\u0014', '\u001a'])

function control(draft: Draft, key: string, working: boolean): Draft {
  switch (key) {
    case '\r':
      return entered(draft)
    case '\n':
      return added(draft, '\n')
    case '\u007f':
    case '\b':
      return changed(draft, withoutLast)
    case '\u0003':
      // While it works, this interrupts and leaves the line.
      return working ? soiled(draft) : { ...draft, text: '', stale: false }
    case '\u0015':
      // It takes a line of the screen at most.
      return changed(draft, (text) => (text.length > 60 ? text : text.slice(0, text.lastIndexOf('\n') + 1)))
    case '\u0017':
      return changed(draft, withoutWord)
    case '\u0001':
    case '\u0002':
    case '\u0005':
    case '\u0006':
      return moved(draft)
    default:
      return FORGETTABLE.has(key) ? draft : unknown(draft)
  }
}

/** Cursor keys, and the keys that a terminal tells in the same way. */
function sequence(draft: Draft, key: string): Draft {
  // Alt and Enter, and Alt and Backspace.
  if (key === '\u001b\r') return added(draft, '\n')
  if (key === '\u001b\u007f') return changed(draft, withoutWord)
  if (/^\u001b(?:\[|O)[DHF]$/u.test(key) || /^\u001b\[1;\d+[DHF]$/u.test(key)) return moved(draft)
  // History, what is suggested, and keys that are told by number: any of them may fill the line.
  if (/^\u001b(?:\[|O)[ABC]$/u.test(key) || /^\u001b\[1;\d+[ABC]$/u.test(key) || /^\u001b\[[\d;:]+u$/u.test(key))
    return unknown(draft)
  if (/^\u001b\[[\d;]*~$/u.test(key)) return key === '\u001b[1~' || key === '\u001b[4~' ? moved(draft) : draft
  if (/^\u001b[^[\]P_^XO]$/u.test(key)) return moved(draft)
  // Mouse, focus, and the answers of the terminal itself.
  return draft
}

function escape(draft: Draft, working: boolean): Draft {
  if (working) return soiled({ ...draft, escaped: false })
  return draft.escaped ? { ...draft, text: '', stale: false, escaped: false } : { ...draft, escaped: true }
}

function key(draft: Draft, each: string, working: boolean): Draft {
  if (draft.pasting) {
    if (each === PASTE_ENDS) return { ...draft, pasting: false }
    return each.startsWith('\u001b') ? draft : added(draft, each)
  }
  if (each === PASTE_BEGINS) return { ...draft, pasting: true }
  if (each === '\u001b') return escape(draft, working)
  if (each === '\u001b\u001b') return escape(escape(draft, working), working)
  if (each.startsWith('\u001b')) return sequence(draft, each)
  const calm = { ...draft, escaped: false }
  return /^[\u0000-\u001f\u007f]$/u.test(each) ? control(calm, each, working) : added(calm, each)
}

/** Takes what is known and what came from the keyboard; gives what is known after it. */
export function typed(draft: Draft, input: string, { dialog, working }: Focus): Draft {
  const keys = (draft.rest + input).match(KEYS) ?? []
  let after: Draft = { ...draft, rest: '' }
  for (const [index, each] of keys.entries()) {
    // A lone Esc is a key; more than that, without its end, goes on in what comes next.
    const open = index === keys.length - 1 && /^\u001b[[\]P_^XO]/u.test(each) && !isWhole(each)
    if (open && each.length < MOST) return { ...after, rest: each }
    const next = dialog ? after : key(after, each, working)
    const report = dialog || (next === after && each.startsWith('\u001b'))
    after = report ? after : { ...next, strokes: after.strokes + 1 }
  }
  return after
}

function isWhole(sequence: string): boolean {
  if (sequence.startsWith('\u001b[M')) return sequence.length === 6
  return /^\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^X][^]*(?:\u0007|\u001b\\)|O[^])$/u.test(sequence)
}
