import { describe, expect, test } from 'vitest'
import type { Folder } from '../../shared/model/found.ts'
import { above, choicesFor, guessPath, typedPath } from './folders.ts'

describe('what was typed', () => {
  test.each([
    ['/', { inside: '/', start: '' }],
    ['/ho', { inside: '/', start: 'ho' }],
    ['/home/ada/', { inside: '/home/ada/', start: '' }],
    ['~', { inside: '~/', start: '' }],
    ['~/co', { inside: '~/', start: 'co' }],
    ['C:\\Users\\a', { inside: 'C:\\Users\\', start: 'a' }],
    ['', null],
    ['shop', null],
    ['code/shop', null],
    ['~ada/x', null],
  ] as const)('“%s”', (text, expected) => expect(typedPath(text)).toEqual(expected))
})

const listing = (...names: readonly string[]): Folder => ({
  path: '/home/ada',
  parent: '/home',
  repository: false,
  folders: names.map((name) => ({ name: name.replace('*', ''), repository: name.endsWith('*') })),
  truncated: false,
})

describe('what continues it', () => {
  const names = (text: string, ...folders: readonly string[]): readonly string[] =>
    choicesFor(typedPath(text)!, listing(...folders)).map((choice) => choice.path)

  test('a repository ends the path, a folder goes on', () => expect(names('~/', 'code', 'shop*')).toEqual(['~/shop', '~/code/']))
  test('names that begin so come before names that have it somewhere', () =>
    expect(names('/a/sh', 'workshop', 'Shop', 'other')).toEqual(['/a/Shop/', '/a/workshop/']))
  test('hidden folders show when a dot was typed', () => {
    expect(names('/a/', '.config', 'b')).toEqual(['/a/b/'])
    expect(names('/a/.', '.config', 'b')).toEqual(['/a/.config/'])
  })
  test('the separator is the one that was typed', () => expect(names('C:\\', 'code')).toEqual(['C:\\code\\']))
})

test('the folder above is a choice until a name is being typed, and not at the root', () => {
  expect(above({ inside: '~/', start: '' }, listing())?.path).toBe('/home/')
  expect(above({ inside: '/home/', start: '' }, { ...listing(), parent: '/' })?.path).toBe('/')
  expect(above({ inside: '~/', start: 'c' }, listing())).toBe(null)
  expect(above({ inside: '/', start: '' }, { ...listing(), parent: null })).toBe(null)
})

test('a dropped name starts at a recent repository of that name, else at home', () => {
  expect(guessPath('shop', ['/home/ada/blog', '/home/ada/code/shop'])).toBe('/home/ada/code/shop')
  expect(guessPath('workshop', ['/home/ada/shop'])).toBe('~/workshop')
})
