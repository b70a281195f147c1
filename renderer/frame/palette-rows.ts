/** What the palette offers, and what of it fits the text that was typed: best first. Pure. */

import { go, snapshot } from 'fuzzysort'
import type { DiffFile } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import { COMMAND_IDS, commandOf, GROUPS, type CommandId } from '../commands/table.ts'
import { splitPath } from '../state/format.ts'
import { cascadeOf } from '../state/standing.ts'
import { sweep } from '../state/sweep.ts'
import { SETTING_LABELS } from './setting-labels.ts'
import { refused, type Facts } from './refusals.ts'

type What =
  | { readonly kind: 'command'; readonly command: CommandId; readonly keys?: readonly string[]; readonly refused: string | null }
  /** `turn`: its place among those that wait for the user, the longest wait first; null when it does not wait. */
  | { readonly kind: 'session'; readonly session: Session; readonly turn: number | null }
  | { readonly kind: 'file'; readonly file: DiffFile; readonly session: string }
  | { readonly kind: 'setting'; readonly key: string; readonly of: 'you' | 'repository'; readonly at: string }
  | { readonly kind: 'repository'; readonly path: string; readonly folder: string }

/** One row: `text` is what it is called and searched by. */
export type Row = What & { readonly id: string; readonly text: string }
export type Kind = Row['kind']

export const TITLES: Readonly<Record<Kind, string>> = {
  command: 'Commands',
  session: 'Sessions',
  file: 'Files in the diff',
  setting: 'Settings',
  repository: 'Recent repositories',
}

function commandRows(facts: Facts): readonly Row[] {
  return COMMAND_IDS.map((id) => {
    const keys = keysOf(id, facts.view.settings.shortcuts)[0]
    return {
      kind: 'command',
      id: `command ${id}`,
      text: commandOf(id).title,
      command: id,
      ...(keys === undefined ? {} : { keys: signsOf(keys) }),
      refused: refused(id, facts),
    }
  })
}

function sessionRows({ view }: Facts): readonly Row[] {
  const turns = new Map(sweep(view.sessions, view.queue).map(({ session }, at) => [session.id, at]))
  return cascadeOf(view.sessions).map((session) => ({
    kind: 'session',
    id: `session ${session.id}`,
    text: session.name,
    session,
    turn: turns.get(session.id) ?? null,
  }))
}

/** Everything that the palette offers now. */
export function rowsOf(facts: Facts): readonly Row[] {
  const { view, reviewed } = facts
  const here = view.repository?.path
  return [
    ...commandRows(facts),
    ...sessionRows(facts),
    ...(reviewed?.files ?? []).map((file) => ({
      kind: 'file' as const,
      id: `file ${file.path}`,
      text: file.path,
      file,
      session: reviewed?.session ?? '',
    })),
    ...SETTING_LABELS.filter(({ of }) => of === 'you' || here !== undefined).map(({ key, of, label, at }) => ({
      kind: 'setting' as const,
      id: `setting ${of} ${key}`,
      text: label,
      key,
      of,
      at,
    })),
    ...view.recent
      .filter((path) => path !== here)
      .map((path) => ({
        kind: 'repository' as const,
        id: `repository ${path}`,
        text: splitPath(path).name,
        path,
        folder: splitPath(path).folder,
      })),
  ]
}

export type Found = { readonly row: Row; readonly marks: readonly number[] }
export type Section = { readonly title: string; readonly found: readonly Found[] }

/** More rows than this nobody reads; less is drawn at once. */
const MOST = 60
/** Files are many and short words are in all of them: the rest must find a place as well. */
const MOST_FILES = 25
const MOST_RECENT = 5
/** Some letters in the right order are enough, but not letters from anywhere. */
const GOOD_ENOUGH = 0.3
/** So few letters are in every long name: they must stand together, or begin words. */
const FEW = 3

const unmarked = (row: Row): Found => ({ row, marks: [] })

function sections(found: readonly Found[]): readonly Section[] {
  const kinds = [...new Set(found.map(({ row }) => row.kind))]
  return kinds.map((kind) => ({ title: TITLES[kind], found: found.filter(({ row }) => row.kind === kind) }))
}

const runs = (row: Row): boolean => row.kind !== 'command' || row.refused === null

/** With nothing typed: who waits, what was used last, then everything that can run, by what it is for. */
function everything(all: readonly Row[], recent: readonly string[]): readonly Section[] {
  const rows = all.filter(runs)
  const waiting = rows
    .flatMap((row) => (row.kind === 'session' && row.turn !== null ? [{ row, turn: row.turn }] : []))
    .toSorted((a, b) => a.turn - b.turn)
    .map(({ row }): Row => row)
  const used = recent
    .flatMap((id) => rows.find((row) => row.id === id) ?? [])
    .filter((row) => !waiting.includes(row))
    .slice(0, MOST_RECENT)
  const first = [...waiting, ...used]
  // Every command that can run is there, however many those are.
  const rest = rows.filter((row) => !first.includes(row)).filter((row, at) => row.kind === 'command' || at < MOST - first.length)
  const commands = GROUPS.map((group) => ({
    title: group,
    found: rest.filter((row) => row.kind === 'command' && commandOf(row.command).group === group).map(unmarked),
  }))
  return [
    { title: 'Waiting for you', found: waiting.map(unmarked) },
    { title: 'Used recently', found: used.map(unmarked) },
    ...commands,
    ...sections(rest.filter((row) => row.kind !== 'command').map(unmarked)).map((section) =>
      section.title === TITLES.session ? { ...section, title: 'Go to a session' } : section,
    ),
  ].filter(({ found }) => found.length > 0)
}

/** True when what was found stands in one piece, or each of its pieces begins a word. */
function together(text: string, marks: readonly number[]): boolean {
  const pieces = marks.filter((mark, at) => at === 0 || mark !== (marks[at - 1] ?? 0) + 1)
  return pieces.length === 1 || pieces.every((mark) => mark === 0 || /[^\p{L}\p{N}]/u.test(text[mark - 1] ?? ''))
}

/** The first words of a reason, for where there is little room: up to where it begins to explain itself. */
export function briefly(reason: string): string {
  return reason.split(/[.:;](?=\s|$)/u, 1)[0] ?? reason
}

/** What cannot run now comes after what fits as well and can. */
const weight = (row: Row): number => (row.kind === 'command' && row.refused !== null ? 0.9 : row.kind === 'file' ? 0.95 : 1)

/** Takes the rows, and gives the search over them; the rows are prepared once, so that each letter is answered at once. */
export function searchOf(rows: readonly Row[]): (typed: string, recent: readonly string[]) => readonly Section[] {
  const files = snapshot(
    rows.filter((row) => row.kind === 'file'),
    { key: 'text' },
  )
  const others = snapshot(
    rows.filter((row) => row.kind !== 'file'),
    { key: 'text' },
  )
  return (typed, recent) => {
    const query = typed.trim()
    if (query === '') return everything(rows, recent)
    const fits = ({ obj, indexes }: { readonly obj: Row; readonly indexes: readonly number[] }): boolean =>
      query.length > FEW || together(obj.text, indexes)
    const results = [
      ...go(query, others, { limit: MOST, threshold: GOOD_ENOUGH }),
      ...go(query, files, { limit: MOST_FILES, threshold: GOOD_ENOUGH }),
    ].filter(fits)
    const best = results.toSorted((a, b) => b.score * weight(b.obj) - a.score * weight(a.obj)).slice(0, MOST)
    return sections(best.map(({ obj, indexes }) => ({ row: obj, marks: indexes })))
  }
}
