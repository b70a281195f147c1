/** Keeps what a process writes, up to a limit. Knows bytes only. */

export type Gathered = { add(chunk: Buffer): void; bytes(): Buffer; readonly full: boolean }

/** Keeps at most `limit` bytes; tells once when there is more. */
export function gather(limit: number, overflow: () => void = () => undefined): Gathered {
  const chunks: Buffer[] = []
  let size = 0
  let full = false
  return {
    add(chunk) {
      if (full) return
      const room = limit - size
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      size += Math.min(chunk.length, room)
      if (chunk.length <= room) return
      full = true
      overflow()
    },
    bytes: () => Buffer.concat(chunks),
    get full() {
      return full
    },
  }
}
