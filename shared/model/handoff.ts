/** The note of a paused session: what it is called, and that it is no work of the session. Pure. */

export const HANDOFF_FILE = 'HANDOFF.md'

/** True for the note in a worktree whose branch has no such file: it is Sluice's own, and never lands. */
export function isOwnHandoff({ path, kind }: { readonly path: string; readonly kind: string }): boolean {
  return kind === 'untracked' && path === HANDOFF_FILE
}

/** Takes the changes of a worktree; gives those that are work. */
export function withoutHandoff<T extends { readonly path: string; readonly kind: string }>(changes: readonly T[]): readonly T[] {
  return changes.filter((change) => !isOwnHandoff(change))
}
