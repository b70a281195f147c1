/** What a session's work is compared by: its worktree, its branch, the target, and what the user has seen of it. Types alone. */

import type { Checkout } from '../git/checkout.ts'
import type { Oid } from '../git/names.ts'
import type { Loads } from './cache.ts'

/** `from` and `to`: mode and blob, as git writes them, null where there is none. `key`: of the change itself, wherever it stands. */
export type Mark = { readonly path: string; readonly from: string | null; readonly to: string | null; readonly key: string }

/** The commit that the user saw last, and where its branch had left the target then. */
export type Looked = { readonly head: Oid; readonly base: Oid }

export type Reviewed = {
  readonly name: string
  readonly worktree: Checkout
  readonly branch: string
  readonly target: Oid | null
  /** The commit that it is meant as, and where that left the target; left out: its branch as it is now. */
  readonly at?: Looked
  /** The globs of what it owns; empty: everything. */
  readonly scope: readonly string[]
  readonly looked: Looked | null
  /** Of every side that was marked; those that no longer fit count for nothing. */
  readonly marks: readonly Mark[]
  /** Another session of the same repository, by its id. */
  other(id: string): { readonly name: string; readonly branch: string } | null
  /** A number that is another one after each change of the worktree's files; null while nobody watches them. */
  version(): number | null
  /** Why not every change of the worktree’s files is noticed, in a sentence; null when it is, or nobody asked for that. */
  trouble(): string | null
  readonly loads: Loads
}
