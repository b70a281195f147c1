import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reachable, readPlace, writePlace, type Place } from './bounds.ts'

const SCREEN = { x: 0, y: 25, width: 1440, height: 875 }
const LEFT = { x: -1920, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number, width = 1200, height = 800): Place => ({ x, y, width, height, maximized: false })

test.each([
  ['on the screen', at(100, 100), true],
  ['on the second screen', at(-1800, 10), true],
  ['reaching over the right edge, with a grip left', at(1350, 100), true],
  ['beyond the right edge', at(1400, 100), false],
  ['beyond the left screen', at(-3200, 100), false],
  ['with its title above the screen', at(100, -200), false],
  ['with its title below the screen', at(100, 1000), false],
  ['too small to use', at(100, 100, 300, 200), false],
])('a window %s', (_where, place, expected) => {
  expect(reachable(place, [SCREEN, LEFT])).toBe(expected ? place : null)
})

test('without a screen, or without a remembered place, there is nothing to reach', () => {
  expect(reachable(at(0, 30), [])).toBe(null)
  expect(reachable(null, [SCREEN])).toBe(null)
})

test('a place comes back as it was stored, and leaves no second file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-place-'))
  const file = join(folder, 'place.json')
  expect(await readPlace(file)).toBe(null)
  await writePlace(file, at(1, 2))
  expect(await readPlace(file)).toEqual(at(1, 2))
  expect(await readdir(folder)).toEqual(['place.json'])
})

test.each(['', '{', 'null', '[]', '{"x":0}', '{"x":0.5,"y":0,"width":900,"height":900,"maximized":false}', '{"x":"0"}'])(
  'a damaged file (%s) is no place',
  async (text) => {
    const file = join(await mkdtemp(join(tmpdir(), 'sluice-place-')), 'place.json')
    await writeFile(file, text)
    expect(await readPlace(file)).toBe(null)
  },
)

test('a folder that cannot be written to is not an error', async () => {
  await expect(writePlace('/dev/null/place.json', at(0, 0))).resolves.toBeUndefined()
})
