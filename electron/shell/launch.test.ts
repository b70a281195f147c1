import { expect, test } from 'vitest'
import { parseLaunch, type Launch } from './launch.ts'

const NOTHING: Launch = { directory: null, data: null, claude: null }

test.each<[string, string[], Partial<Launch>]>([
  ['nothing', ['electron', 'main.js'], {}],
  ['a folder', ['electron', 'main.js', '/r'], { directory: '/r' }],
  ['the first of two folders', ['electron', 'main.js', '/r', '/s'], { directory: '/r' }],
  ['an empty word', ['electron', 'main.js', '', '/s'], { directory: '/s' }],
  ['an app folder', ['electron', '.', 'r'], { directory: 'r' }],
  ['a data directory', ['electron', 'main.js', '--data', '/d', '/r'], { directory: '/r', data: '/d' }],
  ['a data directory after “=”', ['electron', 'main.js', '/r', '--data=/d e'], { directory: '/r', data: '/d e' }],
  ['a data directory that is missing', ['electron', 'main.js', '/r', '--data'], { directory: '/r' }],
  ['an empty data directory', ['electron', 'main.js', '--data='], {}],
  ['a claude', ['electron', 'main.js', '--claude', '/c'], { claude: '/c' }],
  ['Chromium’s switches', ['electron', '--no-sandbox', '--inspect=0', 'main.js', '--lang=de', '/r'], { directory: '/r' }],
  ['a module loaded first', ['electron', '-r', 'loader.js', '--inspect=0', 'main.js', '/r'], { directory: '/r' }],
  ['a folder with a dash', ['electron', 'main.js', '--', '-r'], { directory: '-r' }],
  ['an option after “--”', ['electron', 'main.js', '--', '--data', '/d'], { directory: '--data' }],
  ['no entry at all', ['electron', '--version'], {}],
])('a checkout started with %s', (_what, argv, expected) => {
  expect(parseLaunch(argv, false)).toEqual({ ...NOTHING, ...expected })
})

test('a packaged app has no entry word before the folder', () => {
  expect(parseLaunch(['Sluice', '--lang=de', '/r', '--data=/d'], true)).toEqual({ ...NOTHING, directory: '/r', data: '/d' })
})
