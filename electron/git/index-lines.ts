/** What git says of the two sides of a changed path, and how one of them is told to an index. Knows nothing of why it is asked. */

import { type Command, command } from './argv.ts'
import { unexpected } from './failure.ts'
import { decodePath, type Oid, pathBytes, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Ended } from './run.ts'

/** `mode` is null where there is no file. */
export type Side = { readonly mode: string | null; readonly oid: string }
export type SideChange = {
  readonly path: RepoPath
  readonly before: Side
  readonly after: Side
  readonly isUnmerged: boolean
}
export type Entry = { readonly path: RepoPath; readonly side: Side }

type Ask = (command: Command) => Promise<Ended>

/** The paths that differ between two commits. */
export function treeChanges(ask: Ask, from: Oid, to: Oid): Promise<readonly SideChange[]> {
  return changes(ask, command('diff-tree', '-r', '--no-renames', '--raw', '-z', from, to))
}

/** The paths that the index has otherwise than the commit. */
export function indexChanges(ask: Ask, commit: Oid): Promise<readonly SideChange[]> {
  return changes(ask, command('diff-index', '--cached', '--no-renames', '--raw', '-z', commit))
}

async function changes(ask: Ask, asked: Command): Promise<readonly SideChange[]> {
  const ended = await ask(asked)
  if (ended.code !== 0) throw unexpected('compare two states of the files', ended)
  const fields = fieldsOf(ended.stdout)
  const found: SideChange[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [was = '', is = '', before = '', after = '', status = ''] = String(fields[at]).slice(1).split(' ')
    const side = (mode: string, oid: string): Side => ({ mode: mode === ABSENT ? null : mode, oid })
    found.push({
      path: decodePath(fields[at + 1] ?? Buffer.alloc(0)),
      before: side(was, before),
      after: side(is, after),
      isUnmerged: status === 'U',
    })
  }
  return found
}

const ABSENT = '000000'

/** One record of `update-index -z --index-info`. */
export function lineFor({ path, side: { mode, oid } }: Entry): Buffer {
  return Buffer.concat([Buffer.from(`${mode ?? '0'} ${oid}\t`), pathBytes(path), Buffer.of(0)])
}
