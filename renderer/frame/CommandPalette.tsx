/** The command palette: every command, session, file of the diff, setting and recent repository, by name. */

import { FileDiff, FolderGit2, Settings2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import * as z from 'zod'
import { tell } from '../cascade/telling.ts'
import { Size } from '../design/Badge.tsx'
import { Palette, type PaletteRow, type PaletteSection } from '../design/Palette.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { reopenRepository } from '../state/actions.ts'
import { arrange, shown } from '../state/panes.ts'
import { recall, remember } from '../state/memory.ts'
import { revealFile } from '../state/reviewed.ts'
import { entryOf } from '../state/standing.ts'
import { openDialog, select, useHouse } from '../state/store.ts'
import { paneFor } from '../state/sweep.ts'
import { COMMAND_ICONS } from './command-icons.tsx'
import { focusPane } from './focus.ts'
import { briefly, rowsOf, searchOf, type Found, type Row } from './palette-rows.ts'
import { factsNow, goToPane, run } from './run-command.ts'

const used = z.array(z.string()).readonly()
const RECENT = 'palette.recent'
const MOST_RECENT = 12

/** Sign or word of a session, as it is now and not as it was when the palette opened. */
function SessionNow({ id, part }: { readonly id: string; readonly part: 'mark' | 'word' }) {
  const session = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id))
  const entry = useHouse(({ projection }) => entryOf(projection.view?.queue ?? [], session?.name ?? ''))
  if (session === undefined) return part === 'word' ? 'gone' : null
  const telling = tell(session, entry)
  return part === 'mark' ? <StateMark shape={telling.shape} tone={telling.tone} /> : telling.word
}

const ICONS = { file: <FileDiff />, setting: <Settings2 />, repository: <FolderGit2 /> } as const

function noteOf(row: Row): ReactNode {
  switch (row.kind) {
    case 'command':
      return row.refused === null ? undefined : briefly(row.refused)
    case 'session':
      return <SessionNow id={row.session.id} part="word" />
    case 'file':
      return row.file.binary ? 'binary' : <Size insertions={row.file.insertions} deletions={row.file.deletions} />
    case 'setting':
      return row.of === 'you' ? 'Your settings' : 'This repository'
    case 'repository':
      return row.folder
  }
}

function iconOf(row: Row): ReactNode {
  switch (row.kind) {
    case 'command':
      return COMMAND_ICONS[row.command]
    case 'session':
      return <SessionNow id={row.session.id} part="mark" />
    default:
      return ICONS[row.kind]
  }
}

function drawn({ row, marks }: Found): PaletteRow {
  return {
    id: row.id,
    label: row.text,
    marks,
    icon: iconOf(row),
    note: noteOf(row),
    ...(row.kind === 'command' ? { refused: row.refused, ...(row.keys === undefined ? {} : { keys: row.keys }) } : {}),
  }
}

function goToSession(id: string): void {
  const view = factsNow()?.view
  const session = view?.sessions.find((one) => one.id === id)
  if (view !== undefined && session !== undefined) goToPane(paneFor(session, entryOf(view.queue, session.name)), session)
}

function goTo(row: Row): void {
  switch (row.kind) {
    case 'command':
      return run(row.command)
    case 'session':
      return goToSession(row.session.id)
    case 'file':
      flushSync(() => {
        select(row.session)
        arrange((before) => shown(before, 'review'))
      })
      revealFile(row.session, row.file.path)
      return focusPane('review')
    case 'setting':
      return openDialog('settings', { at: row.at })
    case 'repository':
      return void reopenRepository(row.path)
  }
}

/** Draws the palette. What it lists is what was so when it opened: nothing moves under the hand. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const [recent] = useState(() => recall(RECENT, used, []))
  const [search] = useState(() => {
    const facts = factsNow()
    return searchOf(facts === null ? [] : rowsOf(facts))
  })
  const sections = search(query, recent)
  const pick = (id: string): void => {
    const row = sections.flatMap(({ found }) => found).find((one) => one.row.id === id)?.row
    if (row === undefined) return
    remember(RECENT, [id, ...recent.filter((one) => one !== id)].slice(0, MOST_RECENT))
    flushSync(() => openDialog(null))
    // First the focus goes back to where it was: what opens now leads back there as well.
    window.setTimeout(() => goTo(row))
  }
  return (
    <Palette
      title="Command palette"
      placeholder="Search or run a command"
      query={query}
      onQuery={setQuery}
      sections={sections.map(({ title, found }): PaletteSection => ({ title, items: found.map(drawn) }))}
      nothing={`Nothing is called “${query.trim()}”. Try a part of its name.`}
      onPick={pick}
      onClose={() => openDialog(null)}
    />
  )
}
