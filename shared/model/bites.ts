/** Cuts what is written to a terminal into bites, so that other work has its turn between them, and never inside a sign. */

export type BittenTerminal = { write(data: string | Uint8Array, parsed?: () => void): void }

/** A long write holds the thread until it is parsed: xterm.js looks at the clock between writes only. */
export const BITE_BYTES = 4 * 1024

/**
 * How many bytes at the end begin a sign in UTF-8 whose rest is still to come. xterm.js 6.0.0 loses signs that are cut behind a byte
 * 0x80, such as the joiner in an emoji.
 */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    // No sign begins with more than this.
    if (byte >= 0xf8) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

/** Every write goes in bites of whole signs, between which other work has its turn. */
export function takeBites(terminal: BittenTerminal): void {
  const write = terminal.write.bind(terminal)
  let held = new Uint8Array()
  terminal.write = (data, parsed) => {
    if (typeof data === 'string') {
      if (data !== '' && held.length > 0) {
        write(held)
        held = new Uint8Array()
      }
      return write(data, parsed)
    }
    const all = held.length === 0 ? data : joined(held, data)
    // A copy: whoever gave the bytes may use them again.
    held = Uint8Array.from(all.subarray(all.length - unfinished(all)))
    const end = all.length - held.length
    let at = 0
    while (end - at > BITE_BYTES) {
      const bite = all.subarray(at, at + BITE_BYTES)
      const whole = bite.subarray(0, bite.length - unfinished(bite))
      write(whole)
      at += whole.length
    }
    write(all.subarray(at, end), parsed)
  }
}
