/** Facts about the palette: what it lists, what it finds, in which order. */

import { expect, test } from 'vitest'
import { CONFIG_KEYS } from '../../shared/model/config.ts'
import { SETTINGS_KEYS } from '../../shared/model/settings.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import { COMMAND_IDS, commandOf } from '../commands/table.ts'
import { ALL_PANES } from '../state/panes.ts'
import type { View } from '../state/projection.ts'
import { sweep } from '../state/sweep.ts'
import { DIFF, SCENES } from '../testing/fixtures.ts'
import { briefly, rowsOf, searchOf, type Section } from './palette-rows.ts'
import type { Facts } from './refusals.ts'

const { seq: _, ...snapshot } = SCENES['busy']!
const view: View = { ...snapshot, logs: {}, reviews: {}, generation: 1 }
const session = view.sessions[0]!
const facts: Facts = {
  view,
  session,
  entry: null,
  at: 0,
  shell: null,
  reviewed: { session: session.id, of: 'branch', head: session.head, files: DIFF.files },
  panes: ALL_PANES,
  stopping: [],
  answerable: null,
  away: null,
}
const search = searchOf(rowsOf(facts))
const found = (typed: string, recent: readonly string[] = []) => search(typed, recent).flatMap((section) => section.found)
const words = (sections: readonly Section[]) => sections.flatMap((section) => section.found.map(({ row }) => row.text))

test('the palette lists every command of the table, with its keys', () => {
  const rows = rowsOf(facts).flatMap((row) => (row.kind === 'command' ? [row] : []))
  expect(rows.map((row) => [row.command, row.text, row.keys])).toEqual(
    COMMAND_IDS.map((id) => {
      const keys = keysOf(id, {})[0]
      return [id, commandOf(id).title, keys === undefined ? undefined : signsOf(keys)]
    }),
  )
  const runnable = rows.filter((row) => row.refused === null).map((row) => row.text)
  const untyped = search('', []).flatMap((section) =>
    section.found.flatMap(({ row }) => (row.kind === 'command' ? [row.text] : [])),
  )
  expect(untyped).toHaveLength(runnable.length)
  expect(untyped).toEqual(expect.arrayContaining(runnable))
})

test('every command is the first to be found by its whole name', () => {
  for (const id of COMMAND_IDS) expect(words(search(commandOf(id).title, []))[0]).toBe(commandOf(id).title)
})

test('the keys that the user set are the ones that show', () => {
  const own = { ...facts, view: { ...view, settings: { ...view.settings, shortcuts: { sweep: ['mod+j'] } } } }
  const row = rowsOf(own).find((one) => one.kind === 'command' && one.command === 'sweep')
  expect(row).toMatchObject({ keys: signsOf('mod+j') })
})

test('every setting is there, also where both sides have one of its name', () => {
  const keys = rowsOf(facts).flatMap((row) => (row.kind === 'setting' ? [`${row.of} ${row.key}`] : []))
  expect(keys.toSorted()).toEqual(
    [...CONFIG_KEYS.map((key) => `repository ${key}`), ...SETTINGS_KEYS.map((key) => `you ${key}`)].toSorted(),
  )
})

test('sessions, files of the diff, settings and repositories are found by a part of their names, and the letters are marked', () => {
  expect(found('chkt')[0]?.row.text).toBe('checkout-total')
  expect(found('auth/redirect')[0]).toMatchObject({ row: { kind: 'file', text: 'src/auth/redirect.ts' } })
  expect(found('checks')[0]).toMatchObject({ row: { kind: 'setting', key: 'checks' }, marks: [0, 1, 2, 3, 4, 5] })
  expect(found('invoices')[0]?.row.kind).toBe('repository')
  expect(found('nothing is called this')).toEqual([])
})

test('a few letters find what begins with them or has them in one piece, not letters from anywhere', () => {
  expect(words(search('sea', []))).not.toContain(commandOf('queue.ask').title)
  expect(words(search('sea', []))[0]).toBe('search-ranking')
  expect(words(search('gtt', []))).toContain('Go to the terminal')
  expect(words(search('ueu', []))).toContain('Go to the queue')
})

test('a reason is short where there is little room', () => {
  expect(briefly('Choose “Branch” first: the whole branch is approved.')).toBe('Choose “Branch” first')
  expect(briefly('It conflicts with v1.2 as it is; ask the session.')).toBe('It conflicts with v1.2 as it is')
  expect(briefly('It is approved already.')).toBe('It is approved already')
})

test('what cannot run says why, and comes after what fits as well and can', () => {
  const rows = found('session').flatMap(({ row }) => (row.kind === 'command' ? [row] : []))
  expect(rows.find((row) => row.command === 'session.left')?.refused).toBe('It is the first of the cascade already.')
  const [left, right] = ['Move the session left', 'Move the session right'].map((text) =>
    rows.findIndex((row) => row.text === text),
  )
  expect(right).toBeLessThan(left!)
})

test('with nothing typed, who waits comes first, then what was used last, and nothing twice', () => {
  const waiting = sweep(view.sessions, view.queue).map((one) => one.session)
  const sections = search('', [
    'command settings',
    'file no/longer/there.ts',
    `session ${waiting[0]?.id}`,
    'command session.left',
  ])
  expect(sections.slice(0, 2)).toMatchObject([
    { title: 'Waiting for you', found: waiting.map(({ name }) => ({ row: { text: name } })) },
    { title: 'Used recently', found: [{ row: { text: 'Settings…' } }] },
  ])
  expect(sections[2]?.title).toBe('Sessions')
  expect(words(sections).filter((text) => text === 'Settings…' || text === waiting[0]?.name)).toHaveLength(2)
  expect(words(sections).filter((text) => text === 'Settings…')).toHaveLength(1)
})

test('among 5,000 files no more than 60 rows are drawn, and commands keep their place', () => {
  const files = Array.from({ length: 5000 }, (_, at) => ({ ...DIFF.files[0]!, path: `src/new/session/module-${at}.ts` }))
  const many = searchOf(rowsOf({ ...facts, reviewed: { session: session.id, of: 'branch', head: session.head, files } }))
  const shown = many('new session', []).flatMap((section) => section.found)
  expect(shown.length).toBeLessThanOrEqual(60)
  expect(shown[0]?.row.text).toBe('New session…')
  const untyped = many('', []).flatMap((section) => section.found)
  expect(untyped.filter(({ row }) => row.kind !== 'command').length).toBeLessThanOrEqual(60)
})
