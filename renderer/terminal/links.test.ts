/** Facts about addresses in a terminal (R14). */

import { expect, test } from 'vitest'
import { misleads, targetOf, webAddress } from './links.ts'

const url = (text: string): URL => new URL(text)

test.each(['https://example.org/a?b#c', 'http://localhost:3000/'])('“%s” may be opened', (text) => {
  expect(webAddress(text)?.href).toBe(text)
})

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'file:///etc/passwd',
  'vscode://file/etc/passwd',
  'ssh://host',
  'mailto:a@b.org',
  'blob:https://example.org/1',
  'view-source:https://example.org',
  'data:text/html,x',
  'example.org',
  '',
])('“%s” may not be opened', (text) => {
  expect(webAddress(text)).toBeNull()
})

test('the target is shown with its host in punycode and nothing that turns text around', () => {
  expect(targetOf(url('https://аpple.com/x'))).toBe('https://xn--pple-43d.com/x')
  expect(targetOf(url('https://example.org/\u202efdp.exe'))).toBe('https://example.org/%E2%80%AEfdp.exe')
  expect(targetOf(url('https://example.org/?q=\u2066x#\u202e'))).not.toMatch(/\p{Cf}/u)
})

test.each([
  ['https://bank.example', 'https://evil.example/'],
  ['bank.example/login', 'https://evil.example/'],
  ['www.bank.example', 'https://evil.example/'],
  ['bank.example', 'https://bank.example.evil.example/'],
  // What is seen is “bank.example”, with a sign inside that is not seen.
  ['bank\u200b.example', 'https://evil.example/'],
  ['https://аpple.com', 'https://apple.com/'],
  ['localhost:3000', 'https://bank.example@evil.example/'],
  ['read more', 'https://bank.example@evil.example/'],
  ['→ https://bank.example', 'https://evil.example/'],
  ['Sign in (https://bank.example/login).', 'https://evil.example/'],
  ['https://example.org', 'https://example.org:8443/'],
])('“%s” misleads about %s', (text, target) => {
  expect(misleads(text, url(target))).toBe(true)
})

test.each([
  ['https://example.org/a', 'https://example.org/a'],
  ['example.org', 'https://www.example.org/a'],
  ['HTTPS://EXAMPLE.ORG', 'https://example.org/'],
  ['pull request #12', 'https://example.org/pull/12'],
  ['See https://example.org/a, please', 'https://example.org/a'],
  ['app.ts and more', 'https://example.org/app.ts'],
])('“%s” says nothing wrong about %s', (text, target) => {
  expect(misleads(text, url(target))).toBe(false)
})
