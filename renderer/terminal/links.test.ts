/** Facts about links in a terminal. */

import { expect, test } from 'vitest'
import { webAddress } from './links.ts'

test.each(['https://example.org/a?b#c', 'http://localhost:3000/'])('“%s” may be opened', (text) => {
  expect(webAddress(text)?.href).toBe(text)
})

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'vscode://x', 'data:text/html,x', 'example.org', ''])(
  '“%s” may not be opened',
  (text) => {
    expect(webAddress(text)).toBeNull()
  },
)
