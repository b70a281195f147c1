import { expect, test } from 'vitest'
import { GitError } from '../git/failure.ts'
import { changedPaths, trialMerge } from '../git/merge-tree.ts'
import { type Oid, parseOid } from '../git/names.ts'
import { createRepository } from '../git/testing/repository.ts'
import { common, mayMeet, reachOf, without } from './meeting.ts'

test('two branches may meet in a path, a folder below the root, or where one has a file and the other a folder', () => {
  const table: readonly (readonly [a: readonly string[], b: readonly string[], meets: boolean])[] = [
    [['a'], ['a'], true],
    [['a'], ['b'], false],
    [['src/a/x'], ['src/b/y'], true],
    [['lib'], ['lib/x'], true],
    [['lib/x'], ['lib2/x'], false],
    [[], ['a'], false],
  ]
  for (const [a, b, meets] of table) {
    expect([a, b, mayMeet(reachOf(a), reachOf(b))]).toEqual([a, b, meets])
    expect([b, a, mayMeet(reachOf(b), reachOf(a))]).toEqual([b, a, meets])
  }
})

test('lists of paths are intersected and taken apart in their order', () => {
  expect(common(['c', 'a', 'b'], ['a', 'b', 'c'], ['c', 'b'])).toEqual(['c', 'b'])
  expect(without(['c', 'a', 'b'], ['a'], [])).toEqual(['c', 'b'])
})

type Tree = ReadonlyMap<string, string>
const FOLDERS = ['', 'p/', 'p/r/', 'q/', 'q/s/', 't/', 'new/'] as const
const NAMES = ['a', 'b', 'c', 'd', 'p', 'r'] as const

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor(state / 256) % sides
  }
}

/** A tree after one to three changed, new, deleted or moved files and moved folders. */
function edited(tree: Tree, roll: (sides: number) => number): Tree {
  const files = new Map(tree)
  const any = <Value>(values: readonly Value[]): Value => values[roll(values.length)]!
  function put(path: string, text: string): void {
    const blocked = [...files.keys()].some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))
    if (!blocked) files.set(path, text)
  }
  for (let left = 1 + roll(3); left > 0; left -= 1) {
    const paths = [...files.keys()]
    const [path = '', from, to] = [any(paths), any(FOLDERS), any(FOLDERS)]
    const text = files.get(path) ?? ''
    const act = roll(5)
    if (act === 0) put(path, text.replace('line 4\n', `line ${roll(99)}\n`))
    if (act === 1) files.delete(path)
    if (act === 2) put(`${to}${any(NAMES)}`, `new ${roll(1000)}\n`)
    if (act === 3 && files.delete(path)) put(`${to}${any(NAMES)}`, text)
    if (act !== 4 || from === to || (from !== '' && to.startsWith(from))) continue
    for (const moved of paths.filter((one) => (from === '' ? !one.includes('/') : one.startsWith(from)))) {
      const kept = files.get(moved)
      if (kept !== undefined && files.delete(moved)) put(`${to}${moved.slice(from.length)}`, kept)
    }
  }
  return files
}

test('where two branches do not meet, git can always merge them', async () => {
  const { git, path, untrusted } = await createRepository()
  const roll = dice(20_261_121)
  async function commit(tree: Tree, parent: Oid | null): Promise<Oid> {
    const files = [...tree].map(([name, text]) => `M 100644 inline ${name}\ndata ${text.length}\n${text}\n`)
    const from = parent === null ? '' : `from ${parent}\n`
    const head = 'mark :1\ncommitter Ada <ada@example.com> 1 +0000\ndata 0\n'
    const stream = `commit refs/heads/made\n${head}${from}deleteall\n${files.join('')}get-mark :1\n`
    const made = await git.run({
      cwd: path,
      args: ['fast-import', '--quiet', '--force'],
      stdin: Buffer.from(stream),
      writes: true,
    })
    const oid = parseOid(made.stdout.toString().trim())
    if (oid === null) throw new Error(made.stderr)
    return oid
  }
  const seen = { apart: 0, conflicts: 0, wrong: [] as unknown[] }
  for (let round = 0; round < 60; round += 1) {
    const paths = FOLDERS.slice(0, -1).flatMap((folder) => NAMES.slice(0, 4).map((name) => `${folder}${name}`))
    const lines = Array.from({ length: 12 }, (_, line) => `line ${line}\n`).join('')
    const tree: Tree = new Map(paths.filter((_, at) => at === 0 || roll(3) === 0).map((name) => [name, `file ${name}\n${lines}`]))
    const base = await commit(tree, null)
    const [a, b] = [await commit(edited(tree, roll), base), await commit(edited(tree, roll), base)]
    const ofA = await changedPaths(git, untrusted, { from: base, to: a })
    const ofB = await changedPaths(git, untrusted, { from: base, to: b })
    // Git 2.39 itself crashes on some moves (an assertion of merge-ort), also when it really merges.
    const kind = await trialMerge(git, untrusted, a, b).then(
      (trial) => trial.kind,
      (error: unknown) => (error instanceof GitError ? 'crashed' : Promise.reject(error)),
    )
    const apart = !mayMeet(reachOf(ofA), reachOf(ofB))
    if (apart) seen.apart += 1
    if (kind === 'conflicts') seen.conflicts += 1
    if (apart && kind !== 'clean') seen.wrong.push([ofA, ofB])
  }
  expect(seen.wrong).toEqual([])
  expect(Math.min(seen.apart, seen.conflicts)).toBeGreaterThan(5)
})
