import { beforeEach, describe, expect, test } from 'vitest'
import { carryWindows, MAX_POST_BYTES } from './carrier.ts'
import { CALL, CHANGES, FRAME, LOST, OPEN, POST } from './channels.ts'
import { createFixtureHouse, type FixtureHouse } from './testing/fixture-house.ts'
import { FixtureIpc, FixturePage, type Frame } from './testing/fixture-ipc.ts'

const MARK = 'mark-of-the-first-document'

let house: FixtureHouse
let ipc: FixtureIpc
let page: FixturePage
let stop: () => void

beforeEach(() => {
  house = createFixtureHouse()
  ipc = new FixtureIpc()
  page = new FixturePage(1)
  stop = carryWindows(house, ipc)
  ipc.sendFrom(page, OPEN, MARK)
})

test('a call goes through and its answer comes back', async () => {
  const reply = await ipc.invokeFrom(page, CALL, { call: 'echo', params: { a: 1 } })
  expect(reply).toMatchObject({ ok: true, value: { name: 'echo', params: { a: 1 }, connection: 1 } })
})

test('bytes and changes carry the mark of the document they are for', async () => {
  ipc.sendFrom(page, POST, new Uint8Array([1, 2, 3]))
  await ipc.invokeFrom(page, CALL, { call: 'push', params: {} })
  expect(page.sent).toEqual([
    { channel: FRAME, values: [MARK, new Uint8Array([3, 2, 1])] },
    { channel: CHANGES, values: [MARK, { first: 1, changes: [] }] },
  ])
})

test('a frame that is a view on a larger buffer is sent without the rest of that buffer', () => {
  const [peer] = house.peers
  peer?.frame(new Uint8Array(new ArrayBuffer(4096), 16, 4))
  const bytes = page.sent[0]?.values[1] as Uint8Array
  expect([bytes.byteLength, bytes.buffer.byteLength]).toEqual([4, 4])
})

test('a new document gets a new connection, and the old one is closed', async () => {
  ipc.sendFrom(page, OPEN, 'mark-of-the-second-document')
  expect(house.peers.size).toBe(1)
  const reply = await ipc.invokeFrom(page, CALL, { call: 'echo', params: {} })
  expect(reply).toMatchObject({ value: { connection: 2 } })
  ipc.sendFrom(page, POST, new Uint8Array([7]))
  expect(page.sent.at(-1)?.values[0]).toBe('mark-of-the-second-document')
})

test('two windows have a connection each, and each hears only its own', () => {
  const other = new FixturePage(2)
  ipc.sendFrom(other, OPEN, 'mark-of-the-other-window')
  ipc.sendFrom(other, POST, new Uint8Array([1]))
  expect(house.peers.size).toBe(2)
  expect([page.sent.length, other.sent.length]).toEqual([0, 1])
})

test.each(['destroyed', 'render-process-gone'] as const)('a page that is %s lets its connection go', async (event) => {
  if (event === 'destroyed') page.destroy()
  else page.emit(event)
  expect(house.peers.size).toBe(0)
  await expect(ipc.invokeFrom(page, CALL, { call: 'echo', params: {} })).rejects.toThrow(/no connection/u)
})

test('nothing is sent to a page that is gone', () => {
  const [peer] = house.peers
  page.destroy()
  expect(() => peer?.changes({ first: 1, changes: [] })).not.toThrow()
  expect(page.sent).toEqual([])
})

describe('refused', () => {
  const strangers: readonly Frame[] = [
    null,
    { url: 'https://example.com/', parent: null },
    { url: 'app://sluice.example/', parent: null },
    { url: 'app://sluice/', parent: {} },
    Object.defineProperty({ parent: null, url: '' }, 'url', {
      get() {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    }),
  ]
  test.each(strangers)('whoever is not our own main frame: %#', async (frame) => {
    page.frame = frame
    await expect(ipc.invokeFrom(page, CALL, { call: 'echo', params: {} })).rejects.toThrow(/own page/u)
    ipc.sendFrom(page, POST, new Uint8Array([1]))
    const other = new FixturePage(2)
    other.frame = frame
    ipc.sendFrom(other, OPEN, MARK)
    expect(house.peers.size).toBe(1)
    expect(page.sent).toEqual([])
  })
  test.each([
    undefined,
    null,
    'echo',
    1,
    [],
    {},
    { call: 1, params: {} },
    { call: 'x'.repeat(101), params: {} },
    { call: 'a', params: {}, more: 1 },
  ])('a call that is none: %j', async (payload) => {
    expect(await ipc.invokeFrom(page, CALL, payload)).toMatchObject({ ok: false, failure: { code: 'bad-request' } })
  })
  test.each([undefined, 'text', 5, [1, 2], {}, new ArrayBuffer(3), new Uint16Array([1]), new Uint8Array(MAX_POST_BYTES + 1)])(
    'bytes that are none, or too many: %#',
    (payload) => {
      ipc.sendFrom(page, POST, payload)
      expect(page.sent).toEqual([])
    },
  )
  test.each([undefined, '', 'short', 'x'.repeat(65), 5, {}])('an opening without a proper mark: %j', (mark) => {
    ipc.sendFrom(new FixturePage(3), OPEN, mark)
    expect(house.peers.size).toBe(1)
  })
})

test('the largest frame the byte channel knows goes through', () => {
  ipc.sendFrom(page, POST, new Uint8Array(MAX_POST_BYTES))
  expect(page.sent).toHaveLength(1)
})

test('when the House closes, pages are told and nothing answers any more', async () => {
  stop()
  expect(page.sent).toEqual([{ channel: LOST, values: [] }])
  expect(house.peers.size).toBe(0)
  await expect(ipc.invokeFrom(page, CALL, { call: 'echo', params: {} })).rejects.toThrow(/No handler/u)
  ipc.sendFrom(page, OPEN, MARK)
  expect(house.peers.size).toBe(0)
})
