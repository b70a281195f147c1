/** Facts about keys: presses as text, what may be rebound, how keys are read. */

import { expect, test } from 'vitest'
import { parseKeys } from './chord.ts'
import { commandAt, conflictOf, keysOf, pressOf, refusedKeys, refusedNone, shownKeys, signsOf, type Press } from './keys.ts'
import { COMMAND_IDS, commandOf } from './table.ts'

const bare: Press = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const [ctrl, meta, alt, shift] = [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { shiftKey: true }]

test.each<[what: string, press: Partial<Press>, mac: boolean, keys: string | null]>([
  ['a letter', { key: 'n', code: 'KeyN' }, false, 'n'],
  ['a letter with Caps Lock', { key: 'N', code: 'KeyN' }, false, 'n'],
  ['a letter with Shift', { key: 'T', code: 'KeyT', ...shift }, false, 'shift+t'],
  ['a letter with Shift and Caps Lock', { key: 't', code: 'KeyT', ...shift }, false, 'shift+t'],
  ['a sign that needs Shift', { key: '?', code: 'Slash', ...shift }, false, '?'],
  ['the same sign elsewhere on another layout', { key: '?', code: 'Minus', ...shift }, false, '?'],
  ['a digit that needs Shift', { key: '1', code: 'Digit1', ...shift }, false, '1'],
  ['Ctrl is mod', { key: 'k', code: 'KeyK', ...ctrl }, false, 'mod+k'],
  ['Cmd is mod on a Mac', { key: 'k', code: 'KeyK', ...meta }, true, 'mod+k'],
  ['Ctrl is itself on a Mac', { key: 'k', code: 'KeyK', ...ctrl }, true, 'ctrl+k'],
  ['the Windows key is the system’s', { key: 'k', code: 'KeyK', ...meta }, false, null],
  ['Option changes the character', { key: 'å', code: 'KeyA', ...alt }, true, 'alt+a'],
  ['Option makes a dead key', { key: 'Dead', code: 'KeyN', ...alt }, true, 'alt+n'],
  ['Alt changes nothing elsewhere', { key: 'ArrowLeft', code: 'ArrowLeft', ...alt }, false, 'alt+arrowleft'],
  ['AltGr that says Ctrl and Alt', { key: '[', code: 'Digit8', ...ctrl, ...alt, getModifierState: () => true }, false, '['],
  ['a letter of another alphabet', { key: 'л', code: 'KeyK', ...ctrl }, false, 'mod+k'],
  ['a letter of ours that the Americans have not', { key: 'ö', code: 'Semicolon' }, false, 'ö'],
  ['Space with Shift', { key: ' ', code: 'Space', ...ctrl, ...shift }, false, 'mod+shift+space'],
  ['a key with a name', { key: 'F2', code: 'F2' }, false, 'f2'],
  ['plus', { key: '+', code: 'Equal', ...ctrl, ...shift }, false, 'mod++'],
  ['a modifier alone', { key: 'Shift', code: 'ShiftLeft', ...shift }, false, null],
  ['a dead key', { key: 'Dead', code: 'BracketLeft' }, false, null],
  ['a part of a composed character', { key: 'n', code: 'KeyN', isComposing: true }, false, null],
])('%s', (_what, press, mac, keys) => {
  expect(pressOf({ ...bare, ...press }, mac)).toBe(keys)
})

test.each<[typed: string, mac: boolean, keys: string | null]>([
  ['Ctrl+Shift+K', false, 'mod+shift+k'],
  ['Cmd + K', true, 'mod+k'],
  ['ctrl+k', true, 'ctrl+k'],
  ['shift+mod+k', false, 'mod+shift+k'],
  ['Alt+Left', false, 'alt+arrowleft'],
  ['mod++', false, 'mod++'],
  ['+', false, '+'],
  ['shift+?', false, null],
  ['mod', false, null],
  ['mod+kk', false, null],
  ['hyper+k', false, null],
  ['', false, null],
])('“%s” is read', (typed, mac, keys) => {
  expect(parseKeys(typed, mac)).toBe(keys)
})

test('every usual key is written as a press gives it, and belongs to one command', () => {
  const all = COMMAND_IDS.flatMap((id) => commandOf(id).keys)
  expect(all.map((keys) => parseKeys(keys))).toEqual(all)
  expect(new Set(all).size).toBe(all.length)
  for (const id of COMMAND_IDS) for (const keys of commandOf(id).keys) expect([id, refusedKeys(id, keys, {})]).toEqual([id, null])
})

test('what the user set goes before what is usual', () => {
  const shortcuts = { sweep: ['n', 'Ctrl+J', 'nonsense'], palette: [] }
  expect(keysOf('sweep', shortcuts)).toEqual(['n', 'mod+j'])
  expect(keysOf('palette', shortcuts)).toEqual([])
  expect([commandAt('n', shortcuts), commandAt('w', shortcuts), commandAt('mod+k', shortcuts)]).toEqual(['sweep', null, null])
  expect(commandAt('n', {})).toBe('session.new')
})

test('keys that are in use are said to be, by name', () => {
  expect(conflictOf('a', 'sweep', {})).toBe('review.approve')
  expect(refusedKeys('sweep', 'a', {}, { mac: false })).toBe('A is used by “Approve”.')
  expect(refusedKeys('sweep', 'w', {})).toBeNull()
  expect(refusedKeys('sweep', 'a', { 'review.approve': ['p'] })).toBeNull()
})

test.each([
  'mod+n',
  'mod+t',
  'mod+w',
  'tab',
  'shift+tab',
  'enter',
  'escape',
  'arrowup',
  'mod+c',
  'mod+v',
  'mod+x',
  'mod+a',
  '3',
  'f6',
  'shift+?',
])('%s is not given to a command', (keys) => {
  expect(refusedKeys('sweep', keys, {}, { mac: false })).toMatch(/\.$/u)
})

test('what a browser keeps is free on the desktop', () => {
  expect(refusedKeys('sweep', 'mod+t', {}, { browser: false, mac: false })).toBeNull()
})

test('the chord that leaves the terminal is one that no program in it needs, and there always is one', () => {
  const refused = (keys: string, mac: boolean): boolean => refusedKeys('pane.leave-terminal', keys, {}, { mac }) !== null
  expect([refused('mod+j', false), refused('mod+shift+j', false), refused('j', true), refused('mod+j', true)]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(refusedNone('pane.leave-terminal')).not.toBeNull()
  expect(refusedNone('sweep')).toBeNull()
})

test('whatever was written into the settings, one chord leaves the terminal and takes no key from a program', () => {
  const usual = ['mod+shift+space']
  const leaving = (keys: readonly string[]): readonly string[] =>
    keysOf('pane.leave-terminal', { 'pane.leave-terminal': keys }, false)
  expect([leaving([]), leaving(['nonsense']), leaving(['a', 'mod+c'])]).toEqual([usual, usual, usual])
  expect(leaving(['q', 'Ctrl+Shift+L'])).toEqual(['mod+shift+l'])
})

test('keys are read as each system writes them', () => {
  expect([shownKeys('mod+shift+k', true), shownKeys('mod+shift+k', false)]).toEqual(['⇧⌘K', 'Ctrl+Shift+K'])
  expect([shownKeys('f2', false), shownKeys('alt+arrowleft', false), shownKeys('mod++', false)]).toEqual([
    'F2',
    'Alt+←',
    'Ctrl++',
  ])
  expect(signsOf('mod+,', false)).toEqual(['Ctrl', ','])
})
