/**
 * Keeps what a program prints from holding up or filling the thread that parses it: the same for every xterm.js, in the page and in
 * the House. Ordinary output passes untouched. Reaches into xterm.js 6.0.0 where its public API shows nothing: pinned, and tested.
 */

import { takeBites, type BittenTerminal } from './bites.ts'
import { guardCounts, type GuardedTerminal } from './csi-guard.ts'
import { guardErase, type ErasedTerminal } from './erase-guard.ts'

/** What xterm.js asks for each character; the number says width, whether it joins the one before, and what may join it. */
export type UnicodeProvider = {
  readonly version: string
  wcwidth(codepoint: number): 0 | 1 | 2
  charProperties(codepoint: number, preceding: number): number
}

export type TamedTerminal = GuardedTerminal &
  ErasedTerminal &
  BittenTerminal & {
    readonly parser: {
      registerCsiHandler(
        id: { readonly final: string; readonly prefix?: string; readonly intermediates?: string },
        handler: () => boolean | Promise<boolean>,
      ): unknown
      registerEscHandler(
        id: { readonly final: string; readonly intermediates?: string },
        handler: () => boolean | Promise<boolean>,
      ): unknown
    }
  }

type Links = {
  registerLink(link: { readonly uri: string; readonly id?: string }): number
  addLineToLink(id: number, line: number): void
  readonly _dataByLinkId: ReadonlyMap<number, { readonly lines: readonly { dispose(): void }[] }>
}
type PartOfString = (data: Uint32Array, start: number, end: number) => void
type EndOfString = (isWhole: boolean, resumed?: boolean) => void | Promise<boolean>
/** What collects the strings behind ESC ] and ESC P for whoever understands them. */
type Collectors = {
  readonly _oscParser: { start(): void; put: PartOfString; end: EndOfString }
  readonly _dcsParser: { hook(id: number, params: unknown): void; put: PartOfString; unhook: EndOfString }
}
type Inner = {
  readonly _oscLinkService: Links
  readonly buffers: { readonly active: { readonly markers: readonly unknown[] } }
  readonly unicodeService: { register(provider: UnicodeProvider): void }
  readonly _inputHandler: { readonly _parser: Collectors }
}

/** The terminal may be held so long by one run of costly sequences; then the rest of the page has its turn. */
const TURN_MS = 12

/** More code points in one cell than any writing has; the longest emoji has eleven. */
export const MAX_JOINED = 48

/** As other terminals have it; no browser takes a longer one everywhere. */
export const MAX_LINK = 2083
/** Lines that hold a link, each counted for each of its links. */
const MAX_LINK_MARKS = 2_000
/** xterm.js looks through all lines of a link for each character of it. */
const MAX_LINK_LINES = 50

/** A string behind ESC ] or ESC P that is longer is as good as none; the longest that has a use sets the clipboard. */
export const MAX_STRING = 160 * 1024

/** Sequences of a few bytes that touch a whole screen. Those that touch one line are cheap enough, and frequent. */
const COSTLY_CSI: readonly { readonly final: string; readonly prefix?: string; readonly intermediates?: string }[] = [
  ...['b', 'S', 'T', 'L', 'M', 'J'].map((final) => ({ final })),
  ...['J', 'h', 'l'].map((final) => ({ prefix: '?', final })),
  { intermediates: ' ', final: '@' },
  { intermediates: ' ', final: 'A' },
  { intermediates: "'", final: '}' },
  { intermediates: "'", final: '~' },
]
const COSTLY_ESC: readonly { readonly final: string; readonly intermediates?: string }[] = [
  { final: 'c' },
  { intermediates: '#', final: '8' },
]

/** Lets the parser wait in front of a costly sequence when it has worked long enough: a promise makes xterm.js look at its clock. */
function takeTurns(terminal: TamedTerminal, now: () => number): void {
  let since = now()
  const turn = (): boolean | Promise<boolean> => {
    const at = now()
    if (at - since < TURN_MS) return false
    since = at
    return Promise.resolve(false)
  }
  for (const id of COSTLY_CSI) terminal.parser.registerCsiHandler(id, turn)
  for (const id of COSTLY_ESC) terminal.parser.registerEscHandler(id, turn)
}

const JOINS = 1
/** Where a character joined the one before, its kind has six bits, three below are width and joining; above is room to count. */
const COUNT_FROM = 9
const BELOW_COUNT = (1 << COUNT_FROM) - 1
/** A character of one cell that joins nothing. */
const PLAIN = 1 << 1

/** The same provider, which starts a new cell after `MAX_JOINED` joined characters. Keeps nothing between calls. */
export function bounded(provider: UnicodeProvider): UnicodeProvider {
  return {
    version: provider.version,
    wcwidth: (codepoint) => provider.wcwidth(codepoint),
    charProperties(codepoint, preceding) {
      // Nearly all characters are this case.
      if (codepoint >= 0x20 && codepoint < 0x7f && preceding >> 3 === 0) return PLAIN
      const joined = (preceding & JOINS) === 0 ? 0 : preceding >> COUNT_FROM
      const next = provider.charProperties(codepoint, (preceding & JOINS) === 0 ? preceding : preceding & BELOW_COUNT)
      if ((next & JOINS) === 0) return next
      return joined >= MAX_JOINED ? PLAIN : next | ((joined + 1) << COUNT_FROM)
    },
  }
}

function innerOf(terminal: TamedTerminal): Inner {
  const { _core: inner } = terminal as unknown as { readonly _core: Inner }
  return inner
}

/** Makes every provider that is registered from now on a bounded one. */
function boundGraphemes(terminal: TamedTerminal): void {
  const { unicodeService: unicode } = innerOf(terminal)
  const register = unicode.register.bind(unicode)
  unicode.register = (provider) => register(bounded(provider))
}

/** An overlong string is told to be broken off: xterm.js collects ten million characters, at thirty bytes each. */
function boundStrings(terminal: TamedTerminal): void {
  const { _inputHandler: handler } = innerOf(terminal)
  const { _parser: parser } = handler
  const { _oscParser: osc, _dcsParser: dcs } = parser
  let length = 0
  const bounded =
    (put: PartOfString): PartOfString =>
    (data, start, end) => {
      length += end - start
      if (length <= MAX_STRING) put(data, start, end)
    }
  const ended =
    (end: EndOfString): EndOfString =>
    (isWhole, resumed) =>
      end(isWhole && length <= MAX_STRING, resumed)
  const [start, hook] = [osc.start.bind(osc), dcs.hook.bind(dcs)]
  osc.start = () => {
    length = 0
    start()
  }
  dcs.hook = (id, params) => {
    length = 0
    hook(id, params)
  }
  osc.put = bounded(osc.put.bind(osc))
  dcs.put = bounded(dcs.put.bind(dcs))
  osc.end = ended(osc.end.bind(osc))
  dcs.unhook = ended(dcs.unhook.bind(dcs))
}

/** The oldest links become plain text: every one that is kept costs a little at each line that scrolls. */
function boundLinks(terminal: TamedTerminal): void {
  const { _oscLinkService: links, buffers } = innerOf(terminal)
  const { _dataByLinkId: known } = links
  const [registerLink, addLineToLink] = [links.registerLink.bind(links), links.addLineToLink.bind(links)]
  const makeRoom = (): void => {
    while (buffers.active.markers.length >= MAX_LINK_MARKS) {
      const oldest = known.values().next().value
      if (oldest === undefined) return
      const before = known.size
      // Each one takes itself out of the list.
      for (const mark of oldest.lines.slice()) mark.dispose()
      if (known.size === before) return
    }
  }
  links.registerLink = (link) => {
    // Zero is no link.
    if (link.uri.length > MAX_LINK || (link.id?.length ?? 0) > MAX_LINK) return 0
    makeRoom()
    return registerLink(link)
  }
  links.addLineToLink = (id, line) => {
    if ((known.get(id)?.lines.length ?? 0) >= MAX_LINK_LINES) return
    makeRoom()
    addLineToLink(id, line)
  }
}

/** Makes a terminal safe against what it is fed. Call it before the first write and before a Unicode addon is loaded. */
export function tame(terminal: TamedTerminal, now: () => number): void {
  guardCounts(terminal)
  guardErase(terminal)
  takeTurns(terminal, now)
  boundGraphemes(terminal)
  boundStrings(terminal)
  boundLinks(terminal)
  takeBites(terminal)
}
