import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { openStore } from './store.ts'
import { folder, NOON, opened } from './testing/folders.ts'

const ANY = z.record(z.string(), z.unknown())

/** The bytes of a database with some hundred rows: closed properly, and as kill -9 would leave it. */
function specimens(): { closed: Buffer; killed: { database: Buffer; wal: Buffer } } {
  const dataDir = folder()
  const { store } = opened(dataDir)
  const fill = (from: number): void => {
    for (let n = from; n < from + 60; n += 1) {
      store.record(
        [{ kind: 'session-started', repository: 'r', session: `s${n}`, body: { n, text: 'x'.repeat(n * 5) } }],
        (tables) => {
          tables.repositories.of(ANY).put({ id: 'r', path: '/r', trustedAt: null, config: {}, openedAt: NOON.toISOString() })
          tables.sessions.of(ANY).put(`s${n}`, 'r', { n, text: 'y'.repeat(n * 5) })
        },
      )
    }
  }
  fill(0)
  store.close()
  const closed = readFileSync(join(dataDir, 'sluice.db'))
  const again = opened(dataDir).store
  for (let n = 0; n < 40; n += 1) again.record([{ kind: 'more', body: { n } }], (tables) => tables.meta.put('n', String(n)))
  const killed = { database: readFileSync(join(dataDir, 'sluice.db')), wal: readFileSync(join(dataDir, 'sluice.db-wal')) }
  again.close()
  return { closed, killed }
}

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Opens a data directory with these files; checks that it works and that what was set aside is whole. Gives whether it was. */
function survives(files: Readonly<Record<string, Buffer>>): boolean {
  const dataDir = mkdtempSync(join(tmpdir(), 'sluice-damage-'))
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dataDir, name), bytes)
    const result = openStore({ dataDir, now: () => NOON })
    if (!result.ok) throw new Error(result.failure.message)
    const { store, notices } = result.value
    const set = notices.length > 0
    const asides = readdirSync(dataDir).filter((name) => /\.(?:damaged|newer)-/u.test(name))
    const aside = asides.find((name) => name.endsWith('Z')) ?? 'sluice.db'
    const whole = (name: string, bytes: Buffer): boolean =>
      readFileSync(join(dataDir, name.replace('sluice.db', aside))).equals(bytes)
    const kept = !set || Object.entries(files).every(([name, bytes]) => whole(name, bytes))
    const events = store.events({ limit: 10_000 })
    store.tables.sessions.of(ANY).list()
    store.tables.repositories.of(ANY).list()
    store.record([{ kind: 'works' }], () => undefined)
    expect({ set, asides: asides.length > 0, kept, empty: events.length === 0 }).toMatchObject({
      asides: set,
      kept: true,
      ...(set && { empty: true }),
    })
    store.close()
    return set
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

test('a database cut short anywhere is set aside byte for byte, and Sluice starts', () => {
  const { closed } = specimens()
  const roll = dice(1)
  const lengths = new Set([0, 1, 15, 16, 99, 100, 101, 4095, 4096, 4097, closed.length - 1, closed.length - 4096])
  while (lengths.size < 120) lengths.add(roll(closed.length))
  for (const length of lengths) expect([length, survives({ 'sluice.db': closed.subarray(0, length) })]).toEqual([length, true])
})

test('flipped bits never crash Sluice and never cost the file; flips in the header are found', () => {
  const { closed } = specimens()
  const roll = dice(2)
  const flipped = (at: number): Buffer => {
    const bytes = Buffer.from(closed)
    bytes[at]! ^= 1 << roll(8)
    return bytes
  }
  let found = 0
  for (let n = 0; n < 200; n += 1) found += survives({ 'sluice.db': flipped(n < 60 ? roll(4096) : roll(closed.length)) }) ? 1 : 0
  for (let at = 0; at < 16; at += 1) expect(survives({ 'sluice.db': flipped(at) })).toBe(true)
  expect(found).toBeGreaterThan(0)
})

test('a -wal file cut short or flipped costs at most its last facts, never the start', () => {
  const { killed } = specimens()
  const roll = dice(3)
  let asides = 0
  for (let n = 0; n < 80; n += 1) {
    const wal = Buffer.from(killed.wal)
    if (n % 2 === 0) wal[roll(wal.length)]! ^= 1 << roll(8)
    asides += survives({ 'sluice.db': killed.database, 'sluice.db-wal': n % 2 === 0 ? wal : wal.subarray(0, roll(wal.length)) })
      ? 1
      : 0
  }
  expect(asides).toBe(0)
})

test('a damaged database is set aside together with the -wal file it had', () => {
  const { killed } = specimens()
  const roll = dice(4)
  let asides = 0
  for (let n = 0; n < 60; n += 1) {
    const database = Buffer.from(killed.database)
    database.fill(roll(256), roll(database.length), database.length)
    asides += survives({ 'sluice.db': database, 'sluice.db-wal': killed.wal }) ? 1 : 0
  }
  expect(asides).toBeGreaterThan(30)
})
