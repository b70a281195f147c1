import { beforeEach, describe, expect, test } from 'vitest'
import { BADGE, CHOOSE_FOLDER, FRONT } from './channels.ts'
import { offerDesktop } from './desktop.ts'
import { FixtureIpc, FixturePage, type Frame } from './testing/fixture-ipc.ts'

let ipc: FixtureIpc
let page: FixturePage
let done: string[]
let choose: PromiseWithResolvers<string | null>
let stop: () => void

beforeEach(() => {
  ipc = new FixtureIpc()
  page = new FixturePage(1)
  done = []
  choose = Promise.withResolvers()
  stop = offerDesktop(ipc, {
    chooseFolder: () => {
      done.push('choose')
      return choose.promise
    },
    setBadge: (count) => done.push(`badge ${count}`),
    bringToFront: () => done.push('front'),
  })
})

test('a folder that was chosen comes back, and so does none', async () => {
  choose.resolve('/home/ada/code/shop')
  expect(await ipc.invokeFrom(page, CHOOSE_FOLDER, undefined)).toBe('/home/ada/code/shop')
  choose = Promise.withResolvers()
  choose.resolve(null)
  expect(await ipc.invokeFrom(page, CHOOSE_FOLDER, undefined)).toBe(null)
})

test('who asks again while the dialog is open gets the same answer, and no second dialog', async () => {
  const both = [ipc.invokeFrom(page, CHOOSE_FOLDER, undefined), ipc.invokeFrom(page, CHOOSE_FOLDER, undefined)]
  choose.resolve('/one')
  expect(await Promise.all(both)).toEqual(['/one', '/one'])
  expect(done).toEqual(['choose'])
})

test('the number on the icon and the window', () => {
  ipc.sendFrom(page, BADGE, 2)
  ipc.sendFrom(page, BADGE, 0)
  ipc.sendFrom(page, FRONT, undefined)
  expect(done).toEqual(['badge 2', 'badge 0', 'front'])
})

test('the number goes with the page that keeps it up to date', () => {
  ipc.sendFrom(page, BADGE, 2)
  ipc.sendFrom(page, BADGE, 3)
  page.destroy()
  expect(done).toEqual(['badge 2', 'badge 3', 'badge 0'])
})

test.each([undefined, null, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 10_001, '2', {}])(
  'a badge that is none: %j',
  (count) => {
    ipc.sendFrom(page, BADGE, count)
    expect(done).toEqual([])
  },
)

describe('refused', () => {
  const strangers: readonly Frame[] = [
    null,
    { url: 'https://example.com/', parent: null },
    { url: 'app://sluice.example/', parent: null },
    { url: 'app://sluice/', parent: {} },
  ]
  test.each(strangers)('whoever is not our own main frame: %j', async (frame) => {
    page.frame = frame
    await expect(ipc.invokeFrom(page, CHOOSE_FOLDER, undefined)).rejects.toThrow(/own page/u)
    ipc.sendFrom(page, BADGE, 1)
    ipc.sendFrom(page, FRONT, undefined)
    expect(done).toEqual([])
  })
})

test('after the stop nothing answers', async () => {
  stop()
  ipc.sendFrom(page, BADGE, 1)
  ipc.sendFrom(page, FRONT, undefined)
  await expect(ipc.invokeFrom(page, CHOOSE_FOLDER, undefined)).rejects.toThrow(/No handler/u)
  expect(done).toEqual([])
})
