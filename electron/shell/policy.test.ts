import { describe, expect, test } from 'vitest'
import { externalLink, GESTURE_MS, isFresh, isOwnOrigin, isOwnSender, isPress, mayGrant } from './policy.ts'
import { CONTENT_SECURITY_POLICY } from '../kit/page-files.ts'

const OURS = ['app://sluice/', 'app://sluice/index.html', 'app://sluice/a?b#c', 'APP://sluice/', 'app://sluice']
const FOREIGN = [
  '',
  'sluice',
  'app:',
  'app:sluice/',
  'app:///sluice/',
  'app://sluice.example/',
  'app://example/sluice/',
  'app://sluice:80/',
  'app://user@sluice/',
  'app://user:word@sluice/',
  'app://sluice@example/',
  'xapp://sluice/',
  'http://sluice/',
  'https://sluice.app.localhost/',
  'file:///sluice/',
  'about:blank',
  'about:srcdoc',
  'data:text/html,app://sluice/',
  'blob:app://sluice/1',
  'javascript:app://sluice/',
  'devtools://sluice/',
]

describe('an own address', () => {
  test.each(OURS)('%s is ours', (url) => expect(isOwnOrigin(url)).toBe(true))
  test.each(FOREIGN)('“%s” is not ours', (url) => expect(isOwnOrigin(url)).toBe(false))
})

describe('an external link', () => {
  test.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['http://localhost:3000', 'http://localhost:3000/'],
    ['HTTPS://EXAMPLE.com', 'https://example.com/'],
    [' https://example.com/ ', 'https://example.com/'],
  ])('%s may leave', (url, href) => expect(externalLink(url)?.href).toBe(href))
  test.each([
    '',
    'example.com',
    '//example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:a@example.com',
    'ssh://example.com',
    'vscode://file/etc',
    'smb://example.com/share',
    'ms-msdt:/id',
    'app://sluice/',
    'ws://example.com',
    'https://',
    'https://user@example.com',
    'https://bank.example:443@evil.example',
    `https://example.com/${'a'.repeat(9000)}`,
  ])('“%.60s” may not', (url) => expect(externalLink(url)).toBe(null))
})

describe('a press', () => {
  test.each(['mouseDown', 'mouseUp', 'rawKeyDown', 'keyDown', 'gestureTap'])('%s asks for something', (type) =>
    expect(isPress(type)).toBe(true),
  )
  test.each(['undefined', 'mouseMove', 'mouseEnter', 'mouseWheel', 'gestureScrollBegin', 'keyUp', 'char', ''])(
    '%s asks for nothing',
    (type) => expect(isPress(type)).toBe(false),
  )
  test.each([
    [null, 0, false],
    [0, 0, true],
    [100, 100 + GESTURE_MS, true],
    [100, 101 + GESTURE_MS, false],
    [100, 99, false],
  ])('one at %s speaks at %i: %s', (pressed, now, fresh) => expect(isFresh(pressed, now)).toBe(fresh))
})

const PERMISSIONS = [
  'clipboard-read',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'local-fonts',
  'media',
  'midiSysex',
  'openExternal',
  'pointerLock',
  'serial',
  'usb',
  'unknown',
  'something-new',
]

describe('a permission', () => {
  test.each(PERMISSIONS)('%s is refused to our own page', (name) => expect(mayGrant(name, 'app://sluice/')).toBe(false))
  test.each(['clipboard-sanitized-write', 'notifications'])('%s is granted to our own page and to no other', (name) => {
    expect(mayGrant(name, 'app://sluice/')).toBe(true)
    for (const url of ['https://example.com/', 'app://sluice.example/', '']) expect(mayGrant(name, url)).toBe(false)
  })
})

describe('a sender', () => {
  test('our page in the main frame may call', () => expect(isOwnSender({ url: 'app://sluice/', isMainFrame: true })).toBe(true))
  test.each([null, { url: 'app://sluice/', isMainFrame: false }, { url: 'https://example.com/', isMainFrame: true }])(
    '%j may not',
    (sender) => expect(isOwnSender(sender)).toBe(false),
  )
})

test('the content security policy allows no foreign host, no inline script and no evaluation', () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; connect-src 'self'; " +
      "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
})
