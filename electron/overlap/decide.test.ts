import { expect, test } from 'vitest'
import type { Overlap } from '../../shared/model/overlap.ts'
import { decide, type Facts, MAX_LISTED, type Meeting, type Member, NO_FACTS, pairKey } from './decide.ts'
import { findOutside } from './outside.ts'

const member = (id: string, name = id, scope: readonly string[] = []): Member => ({ id, name, branch: '', head: '', scope })

const clash: Meeting = { kind: 'clash', files: ['x.ts'] }
const note: Meeting = { kind: 'same-file', files: ['x.ts', 'y.ts'] }

function facts(changed: Readonly<Record<string, readonly string[]>>, rest: Partial<Facts> = {}): Facts {
  return { ...NO_FACTS, changed: new Map(Object.entries(changed)), ...rest }
}

const CASES: readonly (readonly [name: string, members: readonly Member[], facts: Facts, overlap: Overlap])[] = [
  ['nothing is known', [member('a')], NO_FACTS, { pairs: [], outOfScope: [] }],
  ['sessions keep apart', [member('a'), member('b')], facts({ a: ['x'], b: ['y'] }), { pairs: [], outOfScope: [] }],
  [
    'pairs come in cascade order, whichever id is smaller, the target last',
    [member('c'), member('a'), member('b')],
    facts(
      { a: ['x.ts'], b: ['x.ts'], c: ['x.ts'] },
      {
        between: new Map([
          [pairKey('a', 'b'), note],
          [pairKey('b', 'c'), clash],
          [pairKey('a', 'c'), note],
        ]),
        withTarget: new Map([
          ['a', ['z.ts']],
          ['c', ['x.ts']],
        ]),
      },
    ),
    {
      pairs: [
        { a: 'c', b: 'a', ...note },
        { a: 'c', b: 'b', ...clash },
        { a: 'c', b: 'target', kind: 'clash', files: ['x.ts'] },
        { a: 'a', b: 'b', ...note },
        { a: 'a', b: 'target', kind: 'clash', files: ['z.ts'] },
      ],
      outOfScope: [],
    },
  ],
  [
    'a session that is gone, or has nothing ahead, is left out of every pair',
    [member('a'), member('b')],
    facts(
      { a: ['x.ts'], gone: ['x.ts'] },
      {
        between: new Map([
          [pairKey('a', 'gone'), clash],
          [pairKey('a', 'b'), clash],
        ]),
        withTarget: new Map([['b', ['x']]]),
      },
    ),
    { pairs: [], outOfScope: [] },
  ],
  [
    'names are those of now',
    [member('a', 'login'), member('b', 'cart')],
    facts({ a: ['x.ts'], b: ['x.ts'] }, { between: new Map([[pairKey('b', 'a'), clash]]) }),
    { pairs: [{ a: 'login', b: 'cart', ...clash }], outOfScope: [] },
  ],
  [
    'what no glob of the scope holds is outside of it; without a scope nothing is',
    [member('a', 'a', ['src/a', '*.md']), member('b'), member('c', 'c', ['src'])],
    facts({ a: ['README.md', 'src/a/.env', 'src/b.ts'], b: ['anything'], c: ['src/deep/down.ts'] }),
    { pairs: [], outOfScope: [{ session: 'a', files: ['src/b.ts'] }] },
  ],
]

for (const [name, members, known, overlap] of CASES) {
  test(`decided: ${name}`, async () => expect(decide(members, known, await findOutside(members, known.changed))).toEqual(overlap))
}

test('of a long list the first files are named and the others are counted, and a full one has no others', async () => {
  const paths = (count: number): string[] => Array.from({ length: count }, (_, at) => `f${at}`)
  const members = [member('a', 'a', ['src']), member('b', 'b', ['src'])]
  const [long, full] = [paths(MAX_LISTED + 1000), paths(MAX_LISTED)]
  const known = facts(
    { a: long, b: full },
    { between: new Map([[pairKey('a', 'b'), { kind: 'clash', files: long }]]), withTarget: new Map([['a', full]]) },
  )
  expect(decide(members, known, await findOutside(members, known.changed))).toEqual({
    pairs: [
      { a: 'a', b: 'b', kind: 'clash', files: full, more: 1000 },
      { a: 'a', b: 'target', kind: 'clash', files: full },
    ],
    outOfScope: [
      { session: 'a', files: full, more: 1000 },
      { session: 'b', files: full },
    ],
  })
})
