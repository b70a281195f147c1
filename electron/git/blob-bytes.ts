/** What blobs hold, by their ids: many with one process. Reads only. */

import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import type { Oid } from './names.ts'
import type { Git } from './run.ts'

/** A line of `cat-file --batch` with an id, a kind and a size. */
const HEADER_BYTES = 100

/** The bytes of each blob in the order asked, without filters; null for one of more than `most` bytes, and for all after it. */
export async function blobBytes(
  git: Git,
  checkout: Checkout,
  blobs: readonly Oid[],
  { most, env = {} }: { readonly most: number; readonly env?: Environment | undefined },
): Promise<readonly (Buffer | null)[]> {
  if (blobs.length === 0) return []
  const stdin = Buffer.from(blobs.map((blob) => `${blob}\n`).join(''))
  const maxBytes = blobs.length * (most + HEADER_BYTES)
  const ended = await read(git, checkout, command('cat-file', '--batch'), { stdin, env, maxBytes })
  if (ended.code !== 0 && !ended.truncated) throw unexpected('read files', ended)
  const { stdout } = ended
  let at = 0
  return blobs.map((blob) => {
    const end = stdout.indexOf(0x0a, at)
    if (at < 0 || end < 0) return null
    const [, kind, digits] = stdout.toString('latin1', at, end).split(' ')
    const size = Number(digits)
    if (kind !== 'blob' || !Number.isInteger(size)) throw unexpected(`read the object ${blob}`, ended)
    const bytes = stdout.subarray(end + 1, end + 1 + size)
    at = end + 1 + size + 1
    return size <= most && bytes.length === size ? bytes : null
  })
}

/** So much is read of all of them together; a page of lock files must not fill the memory. */
const MOST_HEADS_BYTES = 16 * 1024 * 1024

/** The first bytes of each blob in the order asked; null for those that come after many others. */
export async function blobHeads(
  git: Git,
  checkout: Checkout,
  blobs: readonly Oid[],
  { head, env = {} }: { readonly head: number; readonly env?: Environment | undefined },
): Promise<readonly (Buffer | null)[]> {
  if (blobs.length === 0) return []
  const stdin = Buffer.from(blobs.map((blob) => `${blob}\n`).join(''))
  const ended = await read(git, checkout, command('cat-file', '--batch'), { stdin, env, maxBytes: MOST_HEADS_BYTES })
  if (ended.code !== 0 && !ended.truncated) throw unexpected('read files', ended)
  const { stdout } = ended
  let at = 0
  return blobs.map(() => {
    const end = stdout.indexOf(0x0a, at)
    if (end < 0) return null
    const [, kind, digits] = stdout.toString('latin1', at, end).split(' ')
    at = end + 1
    if (kind !== 'blob') return null
    const size = Number(digits)
    // A copy: the view would keep all of the others in memory.
    const bytes = Buffer.from(stdout.subarray(at, at + Math.min(size, head)))
    at += size + 1
    return bytes
  })
}
