/**
 * The one reading of paths and patterns that a user types: of a scope, and of the files to copy. Every test takes at most
 * path × pattern steps, whatever was typed: a regular expression of many `*` can keep the whole House busy for minutes. Pure.
 *
 * `*` and `?` stay within a name, `**` is any number of folders, `[a-z]` and `[!a]` are one character, `{a,b}` is either.
 */

/** One character of a pattern: how it tests the one at hand; null is `*`. */
type Token = ((code: number) => boolean) | null
/** A name of a path: as it is, or by its characters; null is `**`. */
type Piece = { readonly name: string; readonly tokens: readonly Token[] | null } | null

/** More alternatives than this are no longer something that a person means; the braces are then characters like any other. */
const MOST_ALTERNATIVES = 256

/** The first `{…}` with a comma of its own: where it lies and what it offers. */
function firstBraces(glob: string): { readonly from: number; readonly to: number; readonly offers: readonly string[] } | null {
  for (let from = 0; from < glob.length; from += glob[from] === '\\' ? 2 : 1) {
    if (glob[from] !== '{') continue
    const offers: string[] = []
    let [depth, begin] = [0, from + 1]
    for (let at = from; at < glob.length; at += glob[at] === '\\' ? 2 : 1) {
      const character = glob[at]
      if (character === '{') depth += 1
      else if (character === '}') depth -= 1
      if (depth > 1 || (depth === 1 && character !== ',')) continue
      offers.push(glob.slice(begin, at))
      begin = at + 1
      if (depth === 0 && offers.length > 1) return { from, to: at + 1, offers }
      if (depth === 0) break
    }
  }
  return null
}

/** The pattern without braces, once for each thing that they offer. */
function alternativesOf(glob: string): readonly string[] {
  const done: string[] = []
  const open = [glob]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const braces = firstBraces(one)
    if (braces === null) done.push(one)
    else for (const offer of braces.offers) open.push(one.slice(0, braces.from) + offer + one.slice(braces.to))
    if (done.length + open.length > MOST_ALTERNATIVES) return [glob]
  }
  return done
}

/** The characters between `[` at `from` and its `]`, as a test, and where the pattern goes on; null when it is no such thing. */
function classAt(name: string, from: number): { readonly token: Token; readonly end: number } | null {
  const isNot = name[from + 1] === '!' || name[from + 1] === '^'
  const first = from + (isNot ? 2 : 1)
  // As the very first one, “]” is a character of the class.
  const end = name.indexOf(']', first + 1)
  if (end < 0) return null
  const codes = Array.from(name.slice(first, end), (character) => character.codePointAt(0) ?? 0)
  const ranges: (readonly [low: number, high: number])[] = []
  for (let at = 0; at < codes.length; at += 1) {
    const low = codes[at] ?? 0
    const isRange = codes[at + 1] === 0x2d && at + 2 < codes.length
    if (isRange) at += 2
    ranges.push([low, codes[at] ?? 0])
  }
  return { token: (code) => ranges.some(([low, high]) => low <= code && code <= high) !== isNot, end: end + 1 }
}

function tokensOf(name: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < name.length;) {
    const found = name[at] === '[' ? classAt(name, at) : null
    if (found !== null) {
      tokens.push(found.token)
      at = found.end
    } else if (name[at] === '*') {
      if (tokens.at(-1) !== null) tokens.push(null)
      at += 1
    } else if (name[at] === '?') {
      tokens.push(() => true)
      at += 1
    } else {
      if (name[at] === '\\' && at + 1 < name.length) at += 1
      const wanted = name.codePointAt(at) ?? 0
      tokens.push((code) => code === wanted)
      at += widthOf(wanted)
    }
  }
  return tokens
}

function widthOf(code: number): number {
  return code > 0xff_ff ? 2 : 1
}

/** The names between the slashes, without those that change nothing. */
function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.')
}

function pieceOf(name: string): Piece {
  if (name === '**') return null
  return { name, tokens: /[*?[\\]/u.test(name) ? tokensOf(name) : null }
}

/** What names no pattern is a file, or a folder with everything in it. */
function withFolder(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.every((piece) => piece?.tokens === null) ? [...pieces, null] : pieces
}

/** True when the whole name fits. Where it does not, only the last `*` is asked to take more: whatever the earlier ones took will do. */
function fits(name: string, tokens: readonly Token[]): boolean {
  let [at, token, star, taken] = [0, 0, -1, 0]
  while (at < name.length) {
    const test = tokens[token]
    const code = name.codePointAt(at) ?? 0
    if (test === null) {
      ;[star, taken] = [token, at]
      token += 1
    } else if (test?.(code) === true) {
      at += widthOf(code)
      token += 1
    } else if (star >= 0) {
      taken += widthOf(name.codePointAt(taken) ?? 0)
      ;[at, token] = [taken, star + 1]
    } else return false
  }
  return tokens.slice(token).every((rest) => rest === null)
}

/** The same with names for characters, and `**` for `*`. */
function holds(pieces: readonly Piece[], names: readonly string[]): boolean {
  let [at, piece, deep, taken] = [0, 0, -1, 0]
  while (at < names.length) {
    const wanted = pieces[piece]
    const name = names[at] ?? ''
    if (wanted === null) {
      ;[deep, taken] = [piece, at]
      piece += 1
      // The name itself too: “[id]” may be what a folder is called.
    } else if (wanted !== undefined && (wanted.name === name || (wanted.tokens !== null && fits(name, wanted.tokens)))) {
      at += 1
      piece += 1
    } else if (deep >= 0) {
      taken += 1
      ;[at, piece] = [taken, deep + 1]
    } else return false
  }
  return pieces.slice(piece).every((rest) => rest === null)
}

/** Takes globs; gives a test for paths with `/`. What is no pattern is a file, or a folder with everything in it. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => {
    const asItIs = namesOf(glob).map((name) => ({ name, tokens: null }))
    const read = alternativesOf(glob).map((one) => withFolder(namesOf(one).map(pieceOf)))
    return [withFolder(asItIs), ...read]
  })
  return (path) => {
    const names = path.split('/')
    return patterns.some((pieces) => holds(pieces, names))
  }
}
