/** A path that is being typed, and the folders that may continue it. Pure: knows no disk. */

import type { Folder } from '../../shared/model/found.ts'

export type Typed = {
  /** The folder whose folders may continue the path, with its closing separator. */
  readonly inside: string
  /** What was typed of the next name. */
  readonly start: string
}

/** Takes what was typed; gives what to look for, or null while it is no path that starts somewhere. */
export function typedPath(text: string): Typed | null {
  if (text === '~') return { inside: '~/', start: '' }
  const cut = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1
  const [inside, start] = [text.slice(0, cut), text.slice(cut)]
  const rooted = inside.startsWith('/') || inside.startsWith('~/') || inside.startsWith('~\\') || /^[a-z]:[/\\]/iu.test(inside)
  return rooted ? { inside, start } : null
}

export type Choice = {
  /** The whole path: with a closing separator when there is more to choose in it. */
  readonly path: string
  readonly name: string
  readonly repository: boolean
}

/** More than a person reads; typing another letter is quicker. */
const MOST = 100

/**
 * Takes what was typed and the listing of its folder; gives what may continue it: names that begin so first, then names that
 * have it somewhere, repositories before others. Hidden folders only when a dot was typed.
 */
export function choicesFor({ inside, start }: Typed, listing: Folder): readonly Choice[] {
  const wanted = start.toLowerCase()
  const rank = (name: string): number => (name.toLowerCase().startsWith(wanted) ? 0 : name.toLowerCase().includes(wanted) ? 1 : 2)
  const separator = inside.at(-1) ?? '/'
  return listing.folders
    .map((one, at) => ({ ...one, at, rank: rank(one.name) }))
    .filter((one) => one.rank < 2 && (start.startsWith('.') || !one.name.startsWith('.')))
    .sort((a, b) => a.rank - b.rank || Number(b.repository) - Number(a.repository) || a.at - b.at)
    .slice(0, MOST)
    .map(({ name, repository }) => ({ path: `${inside}${name}${repository ? '' : separator}`, name, repository }))
}

/** The folder above the listed one as a choice; null at the root, and while the next name is being typed. */
export function above({ inside, start }: Typed, { parent }: Folder): Choice | null {
  if (parent === null || start !== '') return null
  const separator = inside.at(-1) ?? '/'
  return { path: parent.endsWith(separator) ? parent : `${parent}${separator}`, name: '..', repository: false }
}

/** A start for the path of a dropped folder of which only the name is known: a recent one of that name, else one at home. */
export function guessPath(name: string, recent: readonly string[]): string {
  return recent.find((path) => path.split(/[/\\]/u).at(-1) === name) ?? `~/${name}`
}
