/** What the palette offers, and what of it fits the text that was typed: best first. Pure. */

import { go, snapshot } from 'fuzzysort'
import type { DiffFile } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import { COMMAND_IDS, commandOf, type CommandId } from '../commands/table.ts'
import { splitPath } from '../state/format.ts'
import { SETTING_LABELS } from './setting-labels.ts'
import { refused, type Facts } from './refusals.ts'

type What =
  | { readonly kind: 'command'; readonly command: CommandId; readonly keys?: readonly string[]; readonly refused: string | null }
  | { readonly kind: 'session'; readonly session: Session }
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

/** Everything that the palette offers now. */
export function rowsOf(facts: Facts): readonly Row[] {
  const { view, reviewed } = facts
  const here = view.repository?.path
  return [
    ...commandRows(facts),
    ...view.sessions.map((session) => ({ kind: 'session' as const, id: `session ${session.id}`, text: session.name, session })),
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
const MOST = 50
/** Files are many and short words are in all of them: the rest must find a place as well. */
const MOST_FILES = 25
const MOST_RECENT = 5
/** Some letters in the right order are enough; what is found by chance stands last anyway. */
const GOOD_ENOUGH = 0.2

const unmarked = (row: Row): Found => ({ row, marks: [] })

function sections(found: readonly Found[]): readonly Section[] {
  const kinds = [...new Set(found.map(({ row }) => row.kind))]
  return kinds.map((kind) => ({ title: TITLES[kind], found: found.filter(({ row }) => row.kind === kind) }))
}

/** With nothing typed: what was used last, then everything in its usual order. */
function everything(rows: readonly Row[], recent: readonly string[]): readonly Section[] {
  const used = recent.flatMap((id) => rows.find((row) => row.id === id) ?? []).slice(0, MOST_RECENT)
  const rest = rows.filter((row) => !used.includes(row)).slice(0, MOST - used.length)
  const first = used.length === 0 ? [] : [{ title: 'Used recently', found: used.map(unmarked) }]
  return [...first, ...sections(rest.map(unmarked))]
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
    const results = [
      ...go(query, others, { limit: MOST, threshold: GOOD_ENOUGH }),
      ...go(query, files, { limit: MOST_FILES, threshold: GOOD_ENOUGH }),
    ]
    const best = results.toSorted((a, b) => b.score * weight(b.obj) - a.score * weight(a.obj)).slice(0, MOST)
    return sections(best.map(({ obj, indexes }) => ({ row: obj, marks: indexes })))
  }
}
