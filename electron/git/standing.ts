/** How a branch stands to another one. Reads only. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { unexpected } from './failure.ts'
import { difference, type Oid, parseOid } from './names.ts'
import { gitDirOf } from './places.ts'
import { mergeBase } from './refs.ts'
import type { Git } from './run.ts'

const inflated = promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflate)
/** A message may be long; a longer one is read by git. */
const MOST_COMMIT_BYTES = 1024 * 1024

/** `base` is null where the two never met. */
export type Standing = { readonly base: Oid | null; readonly ahead: number; readonly behind: number }

/** Takes two commits; gives where they parted and how many commits each has since. One process, two where they met more than once. */
export async function standing(git: Git, checkout: Checkout, head: Oid, target: Oid): Promise<Standing> {
  if (head === target) return { base: head, ahead: 0, behind: 0 }
  const list = command('rev-list', '--left-right', '--boundary', difference(head, target))
  const ended = await read(git, checkout, limitedTo(list, []))
  if (ended.code !== 0) throw unexpected('count the commits of a branch', ended)
  let [ahead, behind] = [0, 0]
  const edges: string[] = []
  for (const line of ended.stdout.toString('latin1').split('\n')) {
    if (line.startsWith('<')) ahead += 1
    else if (line.startsWith('>')) behind += 1
    else if (line.startsWith('-')) edges.push(line.slice(1))
  }
  if (ahead === 0) return { base: head, ahead, behind }
  if (behind === 0) return { base: target, ahead, behind }
  // Where the two parted there is a commit of each on top: it is among the edges, though not every edge is such a commit.
  const [only, ...more] = edges
  if (only === undefined) return { base: null, ahead, behind }
  const base = more.length === 0 ? parseOid(only) : await mergeBase(git, checkout, head, target)
  return { base, ahead, behind }
}

/**
 * The same for a commit made on top of the one that stood so, found without starting git; null where only git can tell. Its file must be
 * a loose one, as a new commit's is. The child of a commit that the target lacks, or that has all of the target, is not in the target.
 */
export async function standingOnTop(
  checkout: Checkout,
  head: Oid,
  before: { readonly head: Oid; readonly standing: Standing },
): Promise<Standing | null> {
  const { base, ahead, behind } = before.standing
  if (base === null || (ahead === 0 && behind > 0)) return null
  const gitDir = await gitDirOf(checkout.path)
  if (gitDir === null) return null
  const file = join(gitDir.common, 'objects', head.slice(0, 2), head.slice(2))
  const text = await readFile(file)
    .then((bytes) => inflated(bytes, { maxOutputLength: MOST_COMMIT_BYTES }))
    .then((bytes) => bytes.toString('latin1'))
    .catch(() => '')
  const parents = /^commit \d+\0tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/u.exec(text)?.[1]
  return parents === `parent ${before.head}\n` ? { base, ahead: ahead + 1, behind } : null
}
