/** Facts about the keys of the file list. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { rowsOf, treeOf } from './files.ts'
import { fileKeyOf } from './files-keys.ts'

const file = (path: string): DiffFile => ({ path, status: 'added', insertions: 1, deletions: 0, binary: false, viewed: false })
const ROWS = rowsOf(treeOf([file('a/1'), file('a/2'), file('z')], 'tree'), 'tree', () => false)
const FOLDED = rowsOf(treeOf([file('a/1'), file('a/2'), file('z')], 'tree'), 'tree', () => true)
const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const press = (key: string, at: number, rows = ROWS) => fileKeyOf({ ...NONE, key }, rows, at, 2)

test('arrows, pages and ends stay within the list', () => {
  expect(press('ArrowDown', 0)).toEqual({ kind: 'to', at: 1 })
  expect(press('ArrowDown', 3)).toEqual({ kind: 'to', at: 3 })
  expect(press('ArrowUp', 0)).toEqual({ kind: 'to', at: 0 })
  expect(press('PageDown', 0)).toEqual({ kind: 'to', at: 2 })
  expect(press('PageUp', 1)).toEqual({ kind: 'to', at: 0 })
  expect(press('End', 0)).toEqual({ kind: 'to', at: 3 })
  expect(press('Home', 3)).toEqual({ kind: 'to', at: 0 })
})

test('left folds a folder and leads out of it, right unfolds it and leads in', () => {
  expect(press('ArrowLeft', 0)).toEqual({ kind: 'fold', fold: true })
  expect(press('ArrowLeft', 2)).toEqual({ kind: 'to', at: 0 })
  expect(press('ArrowRight', 0)).toEqual({ kind: 'to', at: 1 })
  expect(press('ArrowRight', 0, FOLDED)).toEqual({ kind: 'fold', fold: false })
  expect(press('ArrowRight', 1)).toBe(null)
})

test('space and v mark, Enter opens, a slash filters', () => {
  expect(press(' ', 1)).toEqual({ kind: 'view' })
  expect(press('v', 1)).toEqual({ kind: 'view' })
  expect(press('Enter', 1)).toEqual({ kind: 'open' })
  expect(press('/', 1)).toEqual({ kind: 'filter' })
})

test('every other letter and every chord is the window’s', () => {
  expect(press('a', 1)).toBe(null)
  expect(fileKeyOf({ ...NONE, key: 'v', ctrlKey: true }, ROWS, 1, 2)).toBe(null)
  expect(fileKeyOf({ ...NONE, key: ' ', shiftKey: true }, ROWS, 1, 2)).toBe(null)
})
