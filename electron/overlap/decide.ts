/** What the overlap is, from what git said of each session and each two of them. Pure; keyed by id, so that names may change. */

import type { Overlap, OverlapPair } from '../../shared/model/overlap.ts'

/** A session, as far as its overlap goes. */
export type Member = {
  readonly id: string
  readonly name: string
  readonly branch: string
  /** As last seen; a look at git reads the branch itself. */
  readonly head: string
  readonly scope: readonly string[]
}

export type Meeting = { readonly kind: OverlapPair['kind']; readonly files: readonly string[] }

export type Facts = {
  /** What each session has committed since it left the target; a session without such commits is not in here. */
  readonly changed: ReadonlyMap<string, readonly string[]>
  /** The files in which a session's merge with the target conflicts. */
  readonly withTarget: ReadonlyMap<string, readonly string[]>
  /** Under `pairKey`. */
  readonly between: ReadonlyMap<string, Meeting>
}

/** A list of files as it is shown: the first ones, and how many there are beside them. */
export type Listed = { readonly files: readonly string[]; readonly more?: number }

/** What each session changed outside its scope, by id. */
export type Outside = ReadonlyMap<string, Listed>

/** Nobody reads more, and every window gets them at every change. */
export const MAX_LISTED = 200

/** Takes all of a list; gives it as it is shown. */
export function listed(files: readonly string[]): Listed {
  const more = files.length - MAX_LISTED
  return more > 0 ? { files: files.slice(0, MAX_LISTED), more } : { files }
}

export const NO_FACTS: Facts = { changed: new Map(), withTarget: new Map(), between: new Map() }

/** The key of two sessions, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}

/** Takes the sessions in cascade order; gives the pairs in that order, each session's clash with the target after its pairs. */
export function decide(members: readonly Member[], { changed, withTarget, between }: Facts, outside: Outside): Overlap {
  const ahead = members.filter(({ id }) => changed.has(id))
  const pairs = ahead.flatMap((a, at): readonly OverlapPair[] => {
    const others = ahead.slice(at + 1).flatMap((b) => {
      const meeting = between.get(pairKey(a.id, b.id))
      return meeting === undefined ? [] : [{ a: a.name, b: b.name, ...listed(meeting.files), kind: meeting.kind }]
    })
    const files = withTarget.get(a.id)
    return files === undefined ? others : [...others, { a: a.name, b: 'target', ...listed(files), kind: 'clash' }]
  })
  const outOfScope = ahead.flatMap(({ id, name }) => {
    const found = outside.get(id)
    return found === undefined ? [] : [{ session: name, ...found }]
  })
  return { pairs, outOfScope }
}
