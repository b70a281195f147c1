/** Facts about the look (reads files, so it is checked with the types of node, not of the page): literals live in the tokens only, and every ink can be read on every surface. */

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const renderer = new URL('..', import.meta.url)

/** The texts of the production files with one of these endings, by path. */
function texts(...endings: readonly string[]): Readonly<Record<string, string>> {
  const paths = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !/^testing\/|\.test\./u.test(path))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(path, renderer), 'utf8')]))
}

const sheets = texts('.css')
const code = texts('.ts', '.tsx')
const tokens = sheets['design/tokens.css'] ?? ''

const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(/iu
const PIXELS = /(?<![\w.-])\d*\.?\d+px\b/u

const literals = (files: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(files).flatMap(([path, text]) =>
    path === 'design/tokens.css'
      ? []
      : text
          .split('\n')
          .map((line) => `${path}: ${line.trim()}`)
          .filter((line) => COLOUR.test(line) || PIXELS.test(line)),
  )

test('no colour or pixel literal outside the tokens', () => {
  expect(Object.keys(sheets).length).toBeGreaterThan(10)
  expect(Object.keys(code).length).toBeGreaterThan(20)
  expect(literals(sheets)).toEqual([])
  expect(literals(code)).toEqual([])
})

/** What Base UI puts on its positioners. */
const GIVEN = ['--anchor-width', '--anchor-height', '--available-width', '--available-height', '--transform-origin'] as const

test('every token that is used exists', () => {
  const inline = Object.values(code).flatMap((text) => Array.from(text.matchAll(/['"](--[\w-]+)['"]\]?:/gu), (match) => match[1]))
  const known = new Set([
    ...GIVEN,
    ...inline,
    ...Array.from(
      Object.values(sheets)
        .join('\n')
        .matchAll(/^\s*(--[\w-]+):/gmu),
      (match) => match[1],
    ),
  ])
  const unknown = Object.entries({ ...sheets, ...code }).flatMap(([path, text]) =>
    Array.from(text.matchAll(/var\((--[\w-]+)/gu), (match) => match[1] ?? '')
      .filter((name) => !known.has(name) && !name.startsWith('--diffs-'))
      .map((name) => `${path}: ${name}`),
  )
  expect(unknown).toEqual([])
})

type Pair = readonly [light: string, dark: string]

function role(name: string): Pair {
  const match = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`, 'u').exec(tokens)
  if (match?.[1] === undefined || match[2] === undefined) throw new Error(`No colour role “${name}”.`)
  return [match[1], match[2]]
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

const GROUNDS = ['canvas', 'surface', 'sunken', 'raised', 'hover'] as const
const READ = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'good', 'bad'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
  ['ink', 'selected'],
  ['ink-2', 'selected'],
  ['on-solid', 'solid'],
  ['on-solid', 'solid-hover'],
  ['accent', 'accent-soft'],
  ['good', 'good-soft'],
  ['bad', 'bad-soft'],
  ['ink', 'term-found'],
  ['term-found-current-ink', 'term-found-current'],
  ...['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white', 'bright-black'].map(
    (ink) => [`term-${ink}`, 'surface'] as const,
  ),
] as const

test.each(READ)('text in “%s” can be read on “%s” in both themes (AA)', (ink, ground) => {
  for (const shade of [0, 1] as const) expect(contrast(role(ink)[shade], role(ground)[shade])).toBeGreaterThanOrEqual(4.5)
})

test.each(['accent-mark', 'focus', 'ink-3'])('the sign “%s” stands out of every surface (AA, 3:1)', (sign) => {
  for (const ground of GROUNDS) {
    for (const shade of [0, 1] as const) expect(contrast(role(sign)[shade], role(ground)[shade])).toBeGreaterThanOrEqual(3)
  }
})
