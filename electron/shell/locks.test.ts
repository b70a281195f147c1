import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { beforeEach, expect, test } from 'vitest'
import { lockPage, lockSession } from './locks.ts'
import { GESTURE_MS } from './policy.ts'

/** A page's events and its one handler, as Electron has them. */
class FixtureContents extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }

  /** True when the page was kept from it. */
  refused(event: string, details: object): boolean {
    let prevented = false
    this.emit(event, { ...details, preventDefault: () => (prevented = true) })
    return prevented
  }
}

let contents: FixtureContents
let opened: string[]
let now: number

beforeEach(() => {
  contents = new FixtureContents()
  opened = []
  now = 1000
  lockPage(
    contents as unknown as WebContents,
    (link) => opened.push(link.href),
    () => now,
  )
})

const press = (type = 'mouseUp'): boolean => contents.emit('input-event', {}, { type })
const LINK = 'https://example.com/'

test('a second window is always denied', () => {
  press()
  for (const url of [LINK, 'app://sluice/', 'about:blank', '']) expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
})

test('a link opens outside after a press, and only one', () => {
  contents.openHandler({ url: LINK })
  expect(opened).toEqual([])
  press()
  contents.openHandler({ url: LINK })
  contents.openHandler({ url: 'https://example.com/second' })
  expect(opened).toEqual([LINK])
})

test('a refused address does not use the press up', () => {
  press()
  contents.openHandler({ url: 'vscode://file/etc' })
  contents.openHandler({ url: LINK })
  expect(opened).toEqual([LINK])
})

test('an old press, or a mouse that only moved, opens nothing', () => {
  press()
  now += GESTURE_MS + 1
  contents.openHandler({ url: LINK })
  press('mouseMove')
  contents.openHandler({ url: LINK })
  expect(opened).toEqual([])
})

test('the main frame may only go to our own pages; a link there opens outside after a press', () => {
  expect(contents.refused('will-frame-navigate', { url: 'app://sluice/index.html', isMainFrame: true })).toBe(false)
  expect(contents.refused('will-frame-navigate', { url: LINK, isMainFrame: true })).toBe(true)
  expect(opened).toEqual([])
  press('rawKeyDown')
  expect(contents.refused('will-frame-navigate', { url: LINK, isMainFrame: true })).toBe(true)
  expect(opened).toEqual([LINK])
})

test('no other frame may go anywhere, and none opens a link', () => {
  press()
  for (const url of ['app://sluice/', LINK])
    expect(contents.refused('will-frame-navigate', { url, isMainFrame: false })).toBe(true)
  expect(opened).toEqual([])
})

test('redirects away and webviews are refused', () => {
  expect(contents.refused('will-redirect', { url: LINK })).toBe(true)
  expect(contents.refused('will-redirect', { url: 'app://sluice/' })).toBe(false)
  expect(contents.refused('will-attach-webview', {})).toBe(true)
})

test('a session grants our page the clipboard for writing and notifications, and nothing else', () => {
  type Request = Parameters<Session['setPermissionRequestHandler']>[0]
  type Check = Parameters<Session['setPermissionCheckHandler']>[0]
  type Device = Parameters<Session['setDevicePermissionHandler']>[0]
  let [request, check, device]: [Request, Check, Device] = [null, null, null]
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: Request) => (request = handler),
    setPermissionCheckHandler: (handler: Check) => (check = handler),
    setDevicePermissionHandler: (handler: Device) => (device = handler),
  })
  lockSession(session as unknown as Session)
  const asked = (permission: string, requestingUrl: string): boolean => {
    let answer = false
    request?.({} as never, permission as never, (granted) => (answer = granted), { requestingUrl, isMainFrame: true })
    expect(check?.(null, permission as never, requestingUrl, { isMainFrame: true })).toBe(answer)
    return answer
  }
  expect(asked('clipboard-sanitized-write', 'app://sluice/')).toBe(true)
  expect(asked('clipboard-sanitized-write', LINK)).toBe(false)
  expect(asked('notifications', 'app://sluice/')).toBe(true)
  expect(asked('notifications', LINK)).toBe(false)
  expect(asked('media', 'app://sluice/')).toBe(false)
  expect((device as Device)?.({} as never)).toBe(false)
  let prevented = false
  session.emit('will-download', { preventDefault: () => (prevented = true) })
  expect(prevented).toBe(true)
})
