/** Takes git's NUL-terminated output apart, byte for byte. Pure. */

/** The fields between NUL bytes; what stands after the last NUL counts only when it is not empty. */
export function fieldsOf(bytes: Buffer): readonly Buffer[] {
  const fields: Buffer[] = []
  let from = 0
  for (let nul = bytes.indexOf(0); nul !== -1; nul = bytes.indexOf(0, from)) {
    fields.push(bytes.subarray(from, nul))
    from = nul + 1
  }
  if (from < bytes.length) fields.push(bytes.subarray(from))
  return fields
}

/** The first `count` words of a line as text, and the rest of it as bytes. */
export function wordsThenRest(line: Buffer, count: number): { readonly words: readonly string[]; readonly rest: Buffer } {
  const words: string[] = []
  let from = 0
  while (words.length < count) {
    const blank = line.indexOf(0x20, from)
    if (blank === -1) break
    words.push(line.toString('latin1', from, blank))
    from = blank + 1
  }
  return { words, rest: line.subarray(from) }
}

/** One line of output without its end. */
export function lineOf(bytes: Buffer): string {
  return bytes.toString().replace(/\r?\n$/u, '')
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }

/** A name as git quotes it where it would not fit on a line, given as Latin-1; gives its bytes. */
export function unquoted(text: string): Buffer {
  if (!/^".*"$/su.test(text)) return Buffer.from(text, 'latin1')
  const plain = text.slice(1, -1).replaceAll(/\\([0-7]{3}|.)/gsu, (_all, code: string) => {
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8))
    const escape = ESCAPES[code]
    return escape === undefined ? code : String.fromCharCode(escape)
  })
  return Buffer.from(plain, 'latin1')
}
