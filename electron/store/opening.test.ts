import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { VERSION } from './migrations.ts'
import { openStore } from './store.ts'
import { folder, NOON, opened } from './testing/folders.ts'

const HOST = new URL('testing/host.ts', import.meta.url).pathname
const now = (): Date => NOON

type Host = {
  readonly process: ChildProcess
  readonly lines: string[]
  until(enough: (lines: readonly string[]) => boolean): Promise<void>
}

function startHost(dataDir: string): Host {
  const child = spawn(process.execPath, [HOST, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  return {
    process: child,
    lines,
    until: (enough) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (enough(lines)) resolve()
        }
        reader.on('line', look)
        reader.on('close', () => reject(new Error(`The host ended after: ${lines.join(' ')}`)))
        look()
      }),
  }
}

function killed(host: Host): Promise<void> {
  return new Promise((resolve) => {
    host.process.once('close', () => resolve())
    host.process.kill('SIGKILL')
  })
}

test('a second host on the same data directory is refused, and told which process has it', async () => {
  const dataDir = folder()
  const host = startHost(dataDir)
  await host.until((lines) => lines.includes('ready'))
  const refused = openStore({ dataDir, now })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'in-use' } })
  expect(refused.ok ? '' : refused.failure.message).toContain(`process ${host.process.pid}`)
  await killed(host)
})

test('the process that holds the lock keeps it, also after it was itself refused a second time', async () => {
  const dataDir = folder()
  opened(dataDir)
  expect(openStore({ dataDir, now })).toMatchObject({ ok: false, failure: { code: 'in-use' } })
  const host = startHost(dataDir)
  await expect(host.until((lines) => lines.includes('ready'))).rejects.toThrow('in-use')
})

test('after kill -9 the next host opens at once and has every fact that was accepted, with its documents', async () => {
  const dataDir = folder()
  let accepted = 0
  for (let round = 0; round < 4; round += 1) {
    const host = startHost(dataDir)
    await host.until((lines) => lines.length > 10 + round * 7)
    await killed(host)
    const last = Number(host.lines.findLast((line) => /^\d+$/u.test(line)))
    expect(last).toBeGreaterThan(accepted)
    const { store, notices } = opened(dataDir)
    const events = store.events({ limit: 10_000 })
    expect(notices).toEqual([])
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.length).toBeGreaterThanOrEqual(last)
    expect(store.tables.meta.get('count')).toBe(String(events.at(-1)?.['count']))
    accepted = events.length
    store.close()
  }
})

test('a lock file that somebody wrote into does not keep Sluice from starting, and still locks', () => {
  const dataDir = folder()
  writeFileSync(join(dataDir, 'host.lock'), 'garbage '.repeat(1000))
  opened(dataDir)
  expect(openStore({ dataDir, now })).toMatchObject({ ok: false, failure: { code: 'in-use' } })
})

test('a database of a newer Sluice is set aside whole, and can be given its name back', () => {
  const dataDir = folder()
  const { store } = opened(dataDir)
  store.record([{ kind: 'from-the-future' }], () => undefined)
  store.close()
  const newer = new DatabaseSync(join(dataDir, 'sluice.db'))
  newer.exec(`PRAGMA user_version = ${VERSION + 6}`)
  newer.close()
  const bytes = readFileSync(join(dataDir, 'sluice.db'))
  const { store: empty, notices } = opened(dataDir)
  const aside = join(dataDir, 'sluice.db.newer-2026-11-21T12-00-00Z')
  expect(notices).toHaveLength(1)
  expect(notices[0]).toContain(aside)
  expect(notices[0]).toContain(`version ${VERSION + 6}`)
  expect(readFileSync(aside)).toEqual(bytes)
  expect(empty.events()).toEqual([])
})

test('a newer version that is only in the -wal file yet counts, and the -wal file stays with its database', () => {
  const source = folder()
  opened(source).store.close()
  const writer = new DatabaseSync(join(source, 'sluice.db'))
  writer.exec(`PRAGMA user_version = ${VERSION + 1}`)
  const dataDir = folder()
  for (const name of ['sluice.db', 'sluice.db-wal']) writeFileSync(join(dataDir, name), readFileSync(join(source, name)))
  writer.close()
  const wal = readFileSync(join(dataDir, 'sluice.db-wal'))
  expect(opened(dataDir).notices).toHaveLength(1)
  const aside = join(dataDir, 'sluice.db.newer-2026-11-21T12-00-00Z')
  expect(readFileSync(`${aside}-wal`)).toEqual(wal)
  const restored = new DatabaseSync(aside)
  expect(restored.prepare('PRAGMA user_version').get()).toEqual({ user_version: VERSION + 1 })
  restored.close()
})

test('what was set aside in the same second is not overwritten', () => {
  const dataDir = folder()
  for (const content of ['one', 'two', 'three']) {
    writeFileSync(join(dataDir, 'sluice.db'), content)
    const { store, notices } = opened(dataDir)
    expect(notices).toHaveLength(1)
    store.close()
  }
  const aside = (end: string): string => readFileSync(join(dataDir, `sluice.db.damaged-2026-11-21T12-00-00Z${end}`), 'utf8')
  expect([aside(''), aside('-2'), aside('-3')]).toEqual(['one', 'two', 'three'])
})

test.each([
  ['an empty file', (path: string) => writeFileSync(path, '')],
  ['a text', (path: string) => writeFileSync(path, 'not a database\n'.repeat(500))],
  ['a -wal file whose database is gone', (path: string) => writeFileSync(`${path}-wal`, 'orphan')],
  [
    'a database of another program',
    (path: string) => {
      const other = new DatabaseSync(path)
      other.exec('CREATE TABLE recipes (name)')
      other.close()
    },
  ],
  [
    'a database whose events may be removed',
    (path: string) => {
      opened(join(path, '..')).store.close()
      const other = new DatabaseSync(path)
      other.exec('DROP TRIGGER events_are_never_removed')
      other.close()
    },
  ],
  [
    'a database without a column it needs',
    (path: string) => {
      opened(join(path, '..')).store.close()
      const other = new DatabaseSync(path)
      other.exec('ALTER TABLE meta RENAME COLUMN value TO other')
      other.close()
    },
  ],
])('%s in place of the database is set aside, said, and Sluice starts', (_, make) => {
  const dataDir = folder()
  make(join(dataDir, 'sluice.db'))
  const { store, notices } = opened(dataDir)
  expect(notices).toHaveLength(1)
  expect(notices[0]).toMatch(
    /^sluice\.db is damaged \(.+\)\. It was kept as .+damaged-2026-11-21T12-00-00Z, and Sluice started with an empty one\./u,
  )
  expect(readdirSync(dataDir).some((name) => name.startsWith('sluice.db.damaged-2026-11-21T12-00-00Z'))).toBe(true)
  expect(store.record([{ kind: 'works' }], () => undefined)).toHaveLength(1)
})

test('a first start that was cut short leaves nothing that the next one could mistake for damage', () => {
  const dataDir = folder()
  writeFileSync(join(dataDir, 'sluice.db.new'), 'half')
  writeFileSync(join(dataDir, 'sluice.db.new-wal'), 'half')
  const { notices } = opened(dataDir)
  expect(notices).toEqual([])
  expect(existsSync(join(dataDir, 'sluice.db.new'))).toBe(false)
  expect(existsSync(join(dataDir, 'sluice.db.new-wal'))).toBe(false)
})

test('a data directory that cannot be made is refused with a sentence', () => {
  const file = join(folder(), 'file')
  writeFileSync(file, '')
  const refused = openStore({ dataDir: join(file, 'data'), now })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'read-only' } })
  expect(refused.ok ? '' : refused.failure.message).toContain('choose another data directory')
})

/** As root everything is writable, so look at the disk as somebody else. */
function withoutRoot<Value>(work: () => Value): Value {
  if (process.getuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  try {
    return work()
  } finally {
    process.seteuid?.(0)
  }
}

test.skipIf(process.platform === 'win32')(
  'a data directory that cannot be written is refused, and its database is not touched',
  () => {
    const outer = folder()
    const dataDir = join(outer, 'data')
    mkdirSync(dataDir)
    opened(dataDir).store.close()
    const bytes = readFileSync(join(dataDir, 'sluice.db'))
    chmodSync(outer, 0o755)
    chmodSync(dataDir, 0o555)
    onTestFinished(() => chmodSync(dataDir, 0o755))
    expect(withoutRoot(() => openStore({ dataDir, now }))).toMatchObject({ ok: false, failure: { code: 'read-only' } })
    chmodSync(dataDir, 0o755)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('sluice.db'))).toEqual(['sluice.db'])
    expect(readFileSync(join(dataDir, 'sluice.db'))).toEqual(bytes)
  },
)
