/** Facts about how the system's words on a process are read. */

import { expect, test } from 'vitest'
import { groupsIn, shownCommand } from './job.ts'

test('the groups are read behind a name that has spaces and parentheses', () => {
  expect(groupsIn('12 (a) b (c) S 1 12 12 34816 40 4194304 0')).toEqual({ own: 12, session: 12, foreground: 40 })
  expect(groupsIn('12 (sh) S 1 12 12 0 -1 4194304')).toEqual({ own: 12, session: 12, foreground: -1 })
  expect(groupsIn('')).toBeNull()
})

test('a command is shown on one line, without what is no character, and not too long', () => {
  expect(shownCommand('npm\u0000run\n  dev\u001b[2J\u202e ')).toBe('npm run dev [2J')
  expect(shownCommand('x'.repeat(500))).toBe(`${'x'.repeat(79)}…`)
})
