/** Facts about what a program may put into the clipboard (R13). */

import { expect, test } from 'vitest'
import { clipboardText, MOST_COPIED } from './clipboard-text.ts'

test('text is taken as it was meant', () => {
  expect(clipboardText(`c;${btoa(String.fromCharCode(...new TextEncoder().encode('Grüße 漢字\n')))}`)).toBe('Grüße 漢字\n')
  expect(clipboardText(`;${btoa('a')}`)).toBe('a')
})

test.each(['c;?', '?', 'c;', '', 'c;!', 'c;!!!!', 'x;YQ==', 'c;YQ==;YQ==', 'c;_w==', `c;${btoa('\xff\xfe')}`])(
  '“%s” is nothing',
  (data) => {
    expect(clipboardText(data)).toBeNull()
  },
)

test('too much is nothing', () => {
  expect(clipboardText(`c;${btoa('x'.repeat(MOST_COPIED))}`)?.length).toBe(MOST_COPIED)
  expect(clipboardText(`c;${btoa('x'.repeat(MOST_COPIED + 1))}`)).toBeNull()
  expect(clipboardText(`c;${btoa('x'.repeat(2 * MOST_COPIED))}`)).toBeNull()
})
