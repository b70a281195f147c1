/** Facts about giving commands other keys. */

import { expect, test } from 'vitest'
import { COMMAND_IDS } from '../commands/table.ts'
import { against, againstUsual, isRebound, sections, withKeys, withUsual } from './rebinding.ts'

test('keys are kept only where they are not the usual ones', () => {
  const moved = withKeys('sweep', ['j'], {})
  expect(moved).toEqual({ sweep: ['j'] })
  expect(isRebound('sweep', moved)).toBe(true)
  expect(withKeys('sweep', ['w'], moved)).toEqual({})
  expect(withUsual('sweep', { ...moved, palette: [] })).toEqual({ palette: [] })
  expect(withKeys('sweep', [], {})).toEqual({ sweep: [] })
})

test('keys of another command are refused by its name, until it has given them up', () => {
  expect(against('sweep', 'a', {}, true)).toMatch(/“Approve”/u)
  expect(against('sweep', 'a', { 'review.approve': [] }, true)).toBeNull()
  expect(against('sweep', null, {}, true)).toBeNull()
  expect(against('pane.leave-terminal', null, {}, true)).not.toBeNull()
})

test('usual keys come back only while nobody else has them', () => {
  const shortcuts = { 'review.approve': ['p'], sweep: ['a'] }
  expect(againstUsual('review.approve', shortcuts, true)).toMatch(/Go to whoever waits longest/u)
  expect(againstUsual('sweep', shortcuts, true)).toBeNull()
})

test('every command is listed, and found by its title or its keys', () => {
  expect(
    sections('', {})
      .flatMap(({ ids }) => ids)
      .toSorted(),
  ).toEqual([...COMMAND_IDS].toSorted())
  expect(sections(' whoever ', {}).flatMap(({ ids }) => ids)).toEqual(['sweep'])
  expect(sections('j', { sweep: ['j'] }).flatMap(({ ids }) => ids)).toContain('sweep')
  expect(sections('no such command', {})).toEqual([])
})
