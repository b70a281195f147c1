import { mkdir, mkdtemp, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { savedFile } from './saved-file.ts'
import { createSavedScreens, SAVE_MS, type SavedScreens } from './saved-screens.ts'
import { createScreens, type Screens } from './screens.ts'
import { createTerminals, type Terminals } from './terminals.ts'
import { createFakePtys, type FakePty } from './testing/fake-pty.ts'
import { createManualClock, type ManualClock } from './testing/manual-clock.ts'
import { createPage, type Page } from './testing/page.ts'
import { mortalWorker } from './testing/mortal-worker.ts'
import { until } from './testing/until.ts'

let folder = ''
let clock: ManualClock
let warnings: string[]
const opened: { terminals: Terminals; screens: Screens }[] = []

type House = { readonly terminals: Terminals; readonly saved: SavedScreens; readonly spawned: FakePty[]; close(): Promise<void> }

/** One run of Sluice, over the same folder as the one before. */
function house(worker = new URL('screens-worker.ts', import.meta.url)): House {
  const ptys = createFakePtys()
  const screens = createScreens({ worker, scrollback: 500 })
  const saved = createSavedScreens({
    screens,
    clock,
    file: (id) => savedFile(folder, id),
    warn: (message) => warnings.push(message),
    failed: (error) => warnings.push(String(error)),
  })
  const terminals = createTerminals({ screens, saved, clock, spawnPty: ptys.spawn })
  opened.push({ terminals, screens })
  return {
    terminals,
    saved,
    spawned: ptys.spawned,
    async close() {
      await terminals.close()
      await screens.close()
    },
  }
}

async function start(at: House, id = 's1'): Promise<FakePty> {
  await at.terminals.open({ id, file: 'sh', args: [], cwd: '/', env: { PATH: '/bin:/usr/bin' }, cols: 60, rows: 12 })
  return at.spawned.at(-1)!
}

async function shown(page: Page, id = 's1'): Promise<string[]> {
  await until('the screen came', () => page.frames.some((frame) => frame.kind === 'screen'))
  return (await page.drawn(id)).lines().filter((line) => line !== '')
}

async function attached(at: House, id = 's1'): Promise<Page> {
  const page = createPage(at.terminals)
  page.attach(id, 60, 12)
  return page
}

const file = (): string => join(folder, 's1', 'screen')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-saved-'))
  await mkdir(join(folder, 's1'))
  clock = createManualClock()
  warnings = []
})

afterEach(async () => {
  for (const { terminals, screens } of opened.splice(0)) {
    await terminals.close()
    await screens.close()
  }
})

describe('after a restart', () => {
  it('a terminal shows what it showed, when that was, and a new program goes on below', async () => {
    const before = house()
    ;(await start(before)).say('\x1b[31mred\x1b[0m words that are much too long for one line of sixty columns, so they wrap\r\n')
    await before.close()
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    const after = house()
    const page = await attached(after)
    const [first = '', second = '', third = ''] = await shown(page)
    expect(first + second).toBe('red words that are much too long for one line of sixty columns, so they wrap')
    expect(third).toMatch(/^\[Above: what this terminal showed on 2026-11-21 at \d\d:00\.\]$/u)
    const pty = await start(after)
    pty.say('and on')
    clock.advance(SAVE_MS)
    await until('the new words came', async () => (await shown(page)).at(-1) === 'and on')
  })

  it('what was on the other screen is plain text, also of a program that has left it', async () => {
    for (const end of ['', '\x1b[?1049l\x1b[?2004lbye\r\n']) {
      const before = house()
      const pty = await start(before)
      pty.say(`\x1b[?1049h\x1b[?1003h\x1b[?2004h\x1b[2J\x1b[3;5Hthe last picture${end}`)
      await before.close()
      const page = await attached(house())
      expect((await shown(page)).join('\n')).toContain('    the last picture')
      const modes = JSON.parse((await page.drawn('s1')).picture()) as { type: string; modes: Record<string, unknown> }
      expect(modes.type).toBe('normal')
      expect(modes.modes).toMatchObject({ bracketedPasteMode: false, mouseTrackingMode: 'none' })
    }
  })

  it('is what was shown before Sluice ended its programs, which take their own screen away', async () => {
    const before = house()
    const pty = await start(before)
    pty.say('\x1b[?1049h\x1b[2J\x1b[3;5Hthe last picture')
    await before.saved.close()
    pty.say('\x1b[2J\x1b[?1049lbye\r\n')
    await before.close()
    const lines = (await shown(await attached(house()))).join('\n')
    expect(lines).toContain('    the last picture')
    expect(lines).not.toContain('bye')
  })

  it('of a Sluice that was killed at most the last 30 seconds are lost', async () => {
    const killed = house()
    ;(await start(killed)).say('seen\r\n')
    clock.advance(SAVE_MS)
    await until('it is saved', async () => (await readFile(file(), 'utf8').catch(() => '')).includes('seen'))
    expect(await shown(await attached(house()))).toContain('seen')
  })

  it.each([
    ['a torn file', 'sluice-screen 1 2026-11-21T10:00:00.000Z 900\nonly this'],
    ['a foreign file', 'GIF89a\0\0\0'],
    ['one with sequences that no kept screen has', 'sluice-screen 1 2026-11-21T10:00:00.000Z 9\n\x1b[?1049hx'],
    ['one that is no text', Buffer.concat([Buffer.from('sluice-screen 1 2026-11-21T10:00:00.000Z 2\n'), Buffer.of(0xff, 0xfe)])],
    ['a huge one', Buffer.alloc(6 * 1024 * 1024, 'x')],
  ])('%s is put out of the way, and nothing of it shows', async (_, content) => {
    await writeFile(file(), content)
    const after = house()
    const page = await attached(after)
    await until('it is out of the way', async () => (await readdir(join(folder, 's1'))).join() === 'screen.unreadable')
    ;(await start(after)).say('fresh')
    clock.advance(SAVE_MS)
    await until('the new words came', async () => (await shown(page)).join().endsWith('fresh'))
    expect((await shown(page)).join('\n')).not.toMatch(/only|GIF|x\b/u)
    expect(warnings).toEqual([])
  })
})

describe('what is kept', () => {
  it('is bounded, and the oldest goes first, at a line', async () => {
    const before = house()
    const pty = await start(before)
    for (let line = 0; line < 700; line += 1) pty.say(`line ${line}\r\n`)
    await before.close()
    const [header, first, ...rest] = (await readFile(file(), 'utf8')).split(/\r?\n/u)
    expect(header).toMatch(/^sluice-screen 1 /u)
    expect(first).toMatch(/^line \d+$/u)
    expect(rest.length).toBeLessThanOrEqual(512)
    expect(rest.at(-1)).toBe('line 699')
  })

  it('is of sessions only: a terminal beside one leaves no file', async () => {
    const before = house()
    ;(await start(before, 's1:shell-1')).say('secret')
    await before.close()
    expect(await readdir(folder, { recursive: true })).toEqual(['s1'])
  })

  it('stays above what is shown since, when the thread that parses dies', async () => {
    const before = house(await mortalWorker())
    const pty = await start(before)
    pty.say('what was good\r\n')
    clock.advance(SAVE_MS)
    await until('it is saved', async () => (await readFile(file(), 'utf8').catch(() => '')).includes('good'))
    for (const word of ['one', 'two']) {
      pty.say('fatal')
      await until('the loss shows', async () => (await before.terminals.get('s1')?.lastText(9))?.includes('lost') === true)
      pty.say(`${word}\r\n`)
      await until('it is parsed', async () => (await before.terminals.get('s1')?.lastText(9))?.endsWith(word) === true)
      clock.advance(SAVE_MS)
      await until('it is saved', async () => (await readFile(file(), 'utf8')).includes(word))
    }
    await before.close()
    const lines = (await shown(await attached(house()))).join('\n')
    expect(lines).toMatch(/^what was good\n\[Sluice lost [^]*\none\n\[Sluice lost [^]*\ntwo\n\[Above/u)
    expect(warnings).toEqual([])
  })

  it('goes with its terminal', async () => {
    const before = house()
    const pty = await start(before)
    pty.say('words')
    clock.advance(SAVE_MS)
    await until('it is saved', async () => (await readdir(join(folder, 's1'))).includes('screen'))
    pty.end()
    before.terminals.forget('s1')
    await until('it is gone', async () => (await readdir(join(folder, 's1'))).length === 0)
    await before.close()
    expect(await readdir(join(folder, 's1'))).toEqual([])
  })

  it('does not come back for a window that asked for it just before its terminal was forgotten', async () => {
    const before = house()
    ;(await start(before)).say('words')
    await before.close()
    const after = house()
    const page = await attached(after)
    after.terminals.forget('s1')
    await until('the file is gone', async () => (await readdir(join(folder, 's1'))).length === 0)
    ;(await start(after)).say('fresh')
    clock.advance(SAVE_MS)
    await until('the new words came', async () => (await shown(page)).at(-1) === 'fresh')
    expect(await shown(page)).toEqual(['fresh'])
  })

  it('that cannot be written is told once also while that of another terminal can', async () => {
    await mkdir(join(folder, 's2'))
    const before = house()
    const [one, two] = [await start(before), await start(before, 's2')]
    await mkdir(`${file()}.draft`)
    for (const word of ['one', 'two', 'three']) {
      one.say(word)
      two.say(word)
      clock.advance(SAVE_MS)
      const other = join(folder, 's2', 'screen')
      await until('the other is saved', async () => (await readFile(other, 'utf8').catch(() => '')).includes(word))
    }
    expect(warnings).toHaveLength(1)
    await rmdir(`${file()}.draft`)
  })

  it('that cannot be written is told once, and is written when that is put right', async () => {
    const before = house()
    const pty = await start(before)
    // A folder in the place of the draft: also for root no file can be written there.
    await mkdir(`${file()}.draft`)
    for (const word of ['one', 'two', 'three']) {
      pty.say(word)
      clock.advance(SAVE_MS)
      await before.terminals.get('s1')?.lastText(1)
    }
    await until('it was told', () => warnings.length > 0)
    await rmdir(`${file()}.draft`)
    await before.close()
    expect(warnings).toHaveLength(1)
    expect(await readFile(file(), 'utf8')).toContain('onetwothree')
  })
})
