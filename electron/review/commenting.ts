/** Comments on a session's work: what lines they are about, as the host reads them, and where those are now. */

import type { Comment, CommentDraft } from '../../shared/model/review.ts'
import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import { changedFiles } from '../git/diff.ts'
import { type Oid, parseOid } from '../git/names.ts'
import { branchHead, firstParent, mergeBase } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { contentsOf, printOf, type Version } from './content.ts'
import { fileChanged, linesOf, placeOf, type Place } from './matching.ts'
import type { KeptComment } from './record.ts'
import type { Reviewed } from './reviewed.ts'

/** What a comment is about, besides the session's own work: `repository` still has the commits when the worktree is gone. */
export type Subject = Reviewed & { readonly repository: Checkout }

/** Nobody reads a quote of more. */
const MOST_LINES = 2000

type Sides = { readonly old: Oid | null; readonly now: Oid | 'worktree' }

/** The commits that the user saw beside each other. What was replayed for the look is not kept: its old lines are those before the work. */
async function sidesOf(git: Git, subject: Subject, of: DiffOf, head: Oid): Promise<Sides> {
  const { repository, target } = subject
  if (of === 'uncommitted') return { old: head, now: 'worktree' }
  if (of.startsWith('commit:')) {
    const commit = parseOid(of.slice('commit:'.length))
    if (commit !== null) return { old: await firstParent(git, repository, commit), now: commit }
  }
  if (of.startsWith('against:')) {
    const other = subject.other(of.slice('against:'.length))
    return { old: other === null ? null : await branchHead(git, repository, other.branch), now: head }
  }
  return { old: target === null ? null : await mergeBase(git, repository, target, head), now: head }
}

/** The name that the file had before, where it is renamed. */
async function oldNameOf(git: Git, repository: Checkout, { old, now }: Sides, path: string): Promise<string> {
  if (old === null || now === 'worktree') return path
  const files = await changedFiles(git, repository, { from: old, to: now })
  return files.find((file) => file.path === path)?.oldPath ?? path
}

export type Quoted = Pick<KeptComment, 'quoted' | 'print'>

/** Reads the lines that a draft is about. `no-such-lines`: the file or the lines are not there. */
export async function quote(
  git: Git,
  subject: Subject,
  of: DiffOf,
  { path, lines, head }: Pick<CommentDraft, 'path' | 'lines' | 'head'>,
): Promise<Result<Quoted, 'no-such-lines'>> {
  const nowhere = (message: string): Result<Quoted, 'no-such-lines'> => fail('no-such-lines', message)
  if (path === null) return lines === null ? ok({ quoted: [] }) : nowhere('A comment on lines names their file.')
  const commit = parseOid(head)
  if (commit === null) return nowhere('That is no commit.')
  const sides = await sidesOf(git, subject, of, commit)
  const places = { repository: subject.repository, worktree: subject.worktree.path }
  const read = async (versions: readonly Version[]): Promise<readonly (string | null)[]> => contentsOf(git, places, versions)
  const now: Version = { path, at: sides.now }
  const before = (name: string): readonly Version[] => (sides.old === null ? [] : [{ path: name, at: sides.old }])

  if (lines === null) {
    const [here, there] = await read([now, ...before(path)])
    if (here == null && there == null) return nowhere(`There is no file ${path} in this work.`)
    return ok({ quoted: [], print: printOf(here ?? null) })
  }
  const { side, start, end } = lines
  if (end < start) return nowhere('The last line comes before the first.')
  if (end - start >= MOST_LINES) return nowhere(`A comment is about ${MOST_LINES.toLocaleString('en')} lines at most.`)
  let [text] = await read(side === 'new' ? [now] : before(path))
  if (text == null && side === 'old') [text] = await read(before(await oldNameOf(git, subject.repository, sides, path)))
  if (text == null) return nowhere(`There is no file ${path} in this work any more. Load the changes again.`)
  const all = linesOf(text)
  if (end > all.length) return nowhere(`${path} has no line ${end}. Load the changes again.`)
  return ok({ quoted: all.slice(start - 1, end) })
}

/** Where the code of each comment is now, in the order given: in the worktree, or in the head where that is gone. One or two processes. */
export async function placesOf(
  git: Git,
  { repository, worktree, target }: Pick<Subject, 'repository' | 'worktree' | 'target'>,
  { head, hasWorktree }: { readonly head: Oid; readonly hasWorktree: boolean },
  comments: readonly Pick<KeptComment, 'path' | 'lines' | 'quoted' | 'print'>[],
): Promise<readonly Place[]> {
  const looksBack = comments.some(({ lines }) => lines?.side === 'old')
  const base = looksBack && target !== null ? await mergeBase(git, repository, target, head) : null
  const versionOf = ({ path, lines }: (typeof comments)[number]): Version | null => {
    if (path === null) return null
    if (lines?.side === 'old') return base === null ? null : { path, at: base }
    return { path, at: hasWorktree ? 'worktree' : head }
  }
  const versions = comments.map(versionOf)
  const texts = await contentsOf(
    git,
    { repository, worktree: worktree.path },
    versions.filter((version) => version !== null),
  )
  let at = 0
  const split = new Map<string, readonly string[]>()
  return comments.map(({ path, lines, quoted, print }, index): Place => {
    const text = versions[index] === null ? null : (texts[at++] ?? null)
    if (path === null) return { changed: 'no', now: null }
    if (lines === null) return fileChanged(print ?? null, printOf(text))
    const file = text === null ? null : (split.get(text) ?? linesOf(text))
    if (text !== null && file !== null) split.set(text, file)
    return placeOf(lines, quoted, file)
  })
}

/** Only what a user wrote and has not sent can be written anew. */
export function keptDraft(
  draft: CommentDraft,
  { id, at, quoted }: { readonly id: string; readonly at: string; readonly quoted: Quoted },
  before: KeptComment | null,
): KeptComment {
  const { path, lines, text, suggestion, head } = draft
  return {
    id,
    path,
    lines,
    text,
    ...(suggestion === undefined ? {} : { suggestion }),
    head,
    ...quoted,
    at: before?.at ?? at,
    state: 'draft',
    ...(before?.by === undefined ? {} : { by: before.by }),
  }
}

/** True when a draft is about the same lines as before: their quote is then what it was. */
export function isSamePlace(draft: CommentDraft, before: Pick<Comment, 'path' | 'lines' | 'head'>): boolean {
  const place = ({ path, lines, head }: Pick<Comment, 'path' | 'lines' | 'head'>): string => JSON.stringify([path, lines, head])
  return place(draft) === place(before)
}
