/** The list of changed files as a tree of rows: groups, folders, files, what is folded left out. In the order of the diff. Pure. */

import type { DiffFile } from '../../shared/model/diff.ts'
import { splitPath } from '../state/format.ts'

export type Shape = 'tree' | 'flat'
type Group = 'in-scope' | NonNullable<DiffFile['group']>

const GROUPS: readonly (readonly [Group, string])[] = [
  ['in-scope', 'In scope'],
  ['out-of-scope', 'Out of scope'],
  ['shared', 'Shared hot spots'],
]

type Branch = {
  readonly kind: 'group' | 'folder'
  readonly id: string
  readonly name: string
  /** All below it, however deep. */
  readonly files: readonly DiffFile[]
  readonly children: readonly Node[]
}
type Leaf = { readonly kind: 'file'; readonly id: string; readonly file: DiffFile }
export type Node = Branch | Leaf

/** A row of the list. `level`, `place` and `among` are what a screen reader says of a tree. */
type Placed = { readonly id: string; readonly level: number; readonly place: number; readonly among: number }
export type BranchRow = Placed & Omit<Branch, 'children'> & { readonly open: boolean; readonly viewed: number }
/** `name`: with its folders where the row stands below none of them. */
export type FileRow = Placed & Leaf & { readonly name: string }
export type Row = BranchRow | FileRow

export const fileId = (path: string): string => `file ${path}`

type Level = { readonly files: DiffFile[]; readonly children: (Leaf | { readonly part: string; readonly level: Level })[] }

function levelsOf(files: readonly DiffFile[]): Level {
  const root: Level = { files: [], children: [] }
  const known = new Map<string, Level>([['', root]])
  for (const file of files) {
    let [level, at] = [root, 0]
    for (let cut = file.path.indexOf('/'); cut !== -1; cut = file.path.indexOf('/', cut + 1)) {
      const folder = file.path.slice(0, cut + 1)
      let next = known.get(folder)
      if (next === undefined) {
        next = { files: [], children: [] }
        known.set(folder, next)
        level.children.push({ part: file.path.slice(at, cut), level: next })
      }
      next.files.push(file)
      level = next
      at = cut + 1
    }
    level.children.push({ kind: 'file', id: fileId(file.path), file })
  }
  return root
}

/** A folder with nothing in it but one folder is one row with it. */
function nodesOf({ children }: Level, id: string): readonly Node[] {
  return children.map((child) => {
    if ('kind' in child) return child
    let [name, { level }] = [child.part, child]
    for (
      let [only, ...more] = level.children;
      only !== undefined && more.length === 0 && 'part' in only;
      [only, ...more] = level.children
    ) {
      name = `${name}/${only.part}`
      level = only.level
    }
    const own = `${id}/${name}`
    return { kind: 'folder', id: own, name, files: level.files, children: nodesOf(level, own) }
  })
}

/** Takes the files of the diff; groups only where there is more than one. */
export function treeOf(files: readonly DiffFile[], shape: Shape): readonly Node[] {
  const within = (own: readonly DiffFile[], id: string): readonly Node[] =>
    shape === 'tree' ? nodesOf(levelsOf(own), id) : own.map((file) => ({ kind: 'file', id: fileId(file.path), file }))
  const groups = GROUPS.flatMap(([group, name]) => {
    const own = files.filter((file) => (file.group ?? 'in-scope') === group)
    return own.length === 0 ? [] : [{ group, name, own }]
  })
  if (groups.length < 2) return within(files, 'folder ')
  return groups.map(({ group, name, own }) => ({
    kind: 'group',
    id: `group ${group}`,
    name,
    files: own,
    children: within(own, `folder ${group} `),
  }))
}

/** The rows that show; `isFolded` says of which groups and folders those below are left out. */
export function rowsOf(nodes: readonly Node[], shape: Shape, isFolded: (id: string) => boolean): readonly Row[] {
  const rows: Row[] = []
  const add = (some: readonly Node[], level: number): void => {
    for (const [at, node] of some.entries()) {
      const placed = { level, place: at + 1, among: some.length }
      if (node.kind === 'file') {
        rows.push({ ...placed, ...node, name: shape === 'flat' ? node.file.path : splitPath(node.file.path).name })
        continue
      }
      const { children, ...branch } = node
      const open = !isFolded(node.id)
      rows.push({ ...placed, ...branch, open, viewed: viewedOf(node.files) })
      if (open) add(children, level + 1)
    }
  }
  add(nodes, 1)
  return rows
}

/** All files in the order in which the list has them, also those in folded folders. */
export function orderOf(nodes: readonly Node[]): readonly DiffFile[] {
  return nodes.flatMap((node) => (node.kind === 'file' ? [node.file] : orderOf(node.children)))
}

export function viewedOf(files: readonly DiffFile[]): number {
  return files.reduce((sum, { viewed }) => (viewed ? sum + 1 : sum), 0)
}

/** The file to look at after one: the next that is not viewed, from the start again after the last; null where all are. */
export function nextUnviewed(order: readonly DiffFile[], path: string | null): string | null {
  const at = order.findIndex((file) => file.path === path)
  const along = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))]
  return along.find(({ viewed }) => !viewed)?.path ?? null
}

/** The row above this one that holds it; null where none does. */
export function parentOf(rows: readonly Row[], at: number): number | null {
  const level = rows[at]?.level ?? 1
  const parent = rows.findLastIndex((row, index) => index < at && row.level < level)
  return parent === -1 ? null : parent
}

/** The row of a file, or of the folded folder that it is in; -1 where the list has neither. */
export function rowOf(rows: readonly Row[], path: string): number {
  return rows.findIndex((row) =>
    row.kind === 'file' ? row.file.path === path : !row.open && row.files.some((file) => file.path === path),
  )
}
