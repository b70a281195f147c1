import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { brokenPackageRule, brokenRule, PURE } from './boundaries.ts'

const ROOT = join(import.meta.dirname, '..')
const FOLDERS = ['shared', 'electron', 'renderer', 'build', 'e2e'] as const

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

const CODE = FOLDERS.flatMap(filesBelow).filter((path) => /\.(?:ts|tsx|mts|mjs|cjs|css)$/u.test(path))
const SCRIPTS = CODE.filter((path) => !path.endsWith('.css'))
const IMPORT = /(?:^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?|\bimport\()['"]([^'"]+)['"]/gmu

type Found = { readonly from: string; readonly name: string; readonly typeOnly: boolean }
const IMPORTS: readonly Found[] = SCRIPTS.flatMap((from) =>
  [...readFileSync(join(ROOT, from), 'utf8').matchAll(IMPORT)].map(([, type, name]) => ({
    from,
    name: name!,
    typeOnly: type !== undefined,
  })),
)

test('there is something to check', () => {
  expect(IMPORTS.length).toBeGreaterThan(300)
})

test('every import of ours keeps to the house', () => {
  const broken = IMPORTS.filter(({ name }) => name.startsWith('.')).flatMap(({ from, name, typeOnly }) => {
    const to = posix.normalize(posix.join(posix.dirname(from), name))
    const rule = brokenRule({ from, to, typeOnly })
    return rule === null ? [] : [`${from} → ${to}: ${rule}`]
  })
  expect(broken).toEqual([])
})

test('every package is imported only where it may be', () => {
  const broken = IMPORTS.filter(({ name, typeOnly }) => !name.startsWith('.') && !typeOnly).flatMap(({ from, name }) => {
    const rule = brokenPackageRule(from, name)
    return rule === null ? [] : [`${from} → ${name}: ${rule}`]
  })
  expect(broken).toEqual([])
})

test('no file imports itself by a detour', () => {
  const next = new Map<string, string[]>()
  for (const { from, name, typeOnly } of IMPORTS) {
    if (!name.startsWith('.') || typeOnly) continue
    next.set(from, [...(next.get(from) ?? []), posix.normalize(posix.join(posix.dirname(from), name))])
  }
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) cycles.push([...above.slice(above.indexOf(path)), path].join(' → '))
    if (done.has(path) || above.includes(path)) return
    for (const to of next.get(path) ?? []) visit(to, [...above, path])
    done.add(path)
  }
  for (const path of next.keys()) visit(path, [])
  expect(cycles).toEqual([])
})

test('pure files know no clock and no chance', () => {
  const impure = PURE.filter((path) =>
    /\bDate\.now\(|new Date\(\)|Math\.random\(|randomUUID/u.test(readFileSync(join(ROOT, path), 'utf8')),
  )
  expect(impure).toEqual([])
})

test('there are no default exports and no barrels', () => {
  const offenders = SCRIPTS.filter((path) => {
    const source = readFileSync(join(ROOT, path), 'utf8')
    return (/^export default /mu.test(source) && !path.endsWith('.config.ts')) || /^export \* from /mu.test(source)
  })
  expect(offenders).toEqual([])
})

test('no file is too long to be read', () => {
  const lines = (path: string): number => readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1
  const long = CODE.filter((path) => lines(path) > (/\.test\.|^e2e\//u.test(path) ? 600 : 400))
  expect(long).toEqual([])
})

test('the renderer and the House never meet', () => {
  for (const [from, to] of [
    ['renderer/main.tsx', 'electron/kit/lane.ts'],
    ['electron/kit/lane.ts', 'renderer/main.tsx'],
    ['shared/contract.ts', 'electron/kit/lane.ts'],
    ['electron/queue/queue.ts', 'electron/sessions/sessions.ts'],
    ['electron/git/run.ts', 'electron/store/store.ts'],
  ] as const) {
    expect(brokenRule({ from, to, typeOnly: false })).not.toBeNull()
  }
})

test('every folder of the House says what lives in it', () => {
  const folders = ['electron', 'renderer'].flatMap((side) =>
    readdirSync(join(ROOT, side))
      .map((name) => posix.join(side, name))
      .filter((path) => statSync(join(ROOT, path)).isDirectory() && filesBelow(path).length > 0),
  )
  const silent = folders.filter((folder) => !filesBelow(folder).includes(`${folder}/README.md`))
  expect(silent).toEqual([])
})
