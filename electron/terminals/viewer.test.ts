import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IDLE_LIMIT, TYPING_LIMIT } from './credit.ts'
import { createScreens, type Screens } from './screens.ts'
import { createTerminals, FOLLOW_MS, type Terminals } from './terminals.ts'
import { createFakePtys, type FakePty } from './testing/fake-pty.ts'
import { createLivePage } from './testing/live-page.ts'
import { createManualClock, type ManualClock } from './testing/manual-clock.ts'
import { createPage, type Page } from './testing/page.ts'
import { createRandom, randomChunks, randomStream } from './testing/random.ts'
import { createReference } from './testing/reference.ts'
import { until } from './testing/until.ts'
import { COALESCE_MS, FRAME_BYTES, STALL_MS } from './viewer.ts'

let screens: Screens
let terminals: Terminals
let clock: ManualClock
let spawned: FakePty[]

beforeEach(() => {
  const ptys = createFakePtys()
  spawned = ptys.spawned
  clock = createManualClock()
  screens = createScreens({ worker: new URL('screens-worker.ts', import.meta.url), scrollback: 500 })
  terminals = createTerminals({ screens, clock, spawnPty: ptys.spawn })
})

afterEach(async () => {
  await terminals.close()
  await screens.close()
})

async function start(id = 'one'): Promise<FakePty> {
  const opened = await terminals.open({ id, file: 'sh', args: [], cwd: '/', env: { PATH: '/bin:/usr/bin' }, cols: 80, rows: 24 })
  if (!opened.ok) throw new Error(opened.failure.message)
  return spawned.at(-1)!
}

const count = (page: Page, kind: string): number => page.frames.filter((frame) => frame.kind === kind).length

async function attached(id = 'one'): Promise<Page> {
  const page = createPage(terminals)
  page.attach(id)
  await until('the screen came', () => count(page, 'screen') > 0)
  return page
}

describe('attaching', () => {
  it.each(Array.from({ length: 15 }, (_, seed) => seed))(
    'at any moment, by several viewers, loses and doubles nothing (seed %i)',
    async (seed) => {
      const random = createRandom(1000 + seed)
      const pty = await start()
      const chunks = randomChunks(random, randomStream(random, 300), 40)
      const whole = createReference(80, 24, 500)
      const pages: Page[] = []
      for (const chunk of chunks) {
        if (random.below(chunks.length) < 4) {
          const page = createPage(terminals)
          page.attach('one')
          pages.push(page)
        }
        pty.say(chunk)
        await whole.write(chunk)
        if (random.below(10) === 0) clock.advance(COALESCE_MS)
      }
      const late = createPage(terminals)
      late.attach('one')
      pages.push(late)
      await until('all screens came', () => pages.every((page) => count(page, 'screen') > 0))
      clock.advance(COALESCE_MS)
      for (const page of pages) expect((await page.drawn('one')).picture()).toBe(whole.picture())
    },
  )

  it('to a terminal that is not there yet waits for it, and gives it its size', async () => {
    const page = createPage(terminals)
    page.attach('later', 101, 33)
    const opened = await terminals.open({ id: 'later', file: 'sh', args: [], cwd: '/', env: {} })
    expect(opened.ok).toBe(true)
    expect(spawned.at(-1)?.request).toMatchObject({ cols: 101, rows: 33 })
    spawned.at(-1)?.say('hello\r\n')
    await until('the screen came', () => count(page, 'screen') === 1)
    clock.advance(COALESCE_MS)
    expect((await page.drawn('later')).lines()[0]).toBe('hello')
  })

  it('sets the size where nobody else looks; of several windows the one looked at last does', async () => {
    const pty = await start()
    createPage(terminals).attach('one', 100, 30)
    const second = createPage(terminals)
    second.attach('one', 90, 20)
    second.say({ kind: 'resize', terminal: 'one', cols: 91, rows: 21 })
    expect(pty.sizes).toEqual(['100x30'])
    second.say({ kind: 'claim', terminal: 'one', cols: 91, rows: 21 })
    second.say({ kind: 'resize', terminal: 'one', cols: 92, rows: 22 })
    expect(pty.sizes).toEqual(['100x30', '91x21', '92x22'])
    second.close()
    expect(pty.sizes.at(-1)).toBe('100x30')
  })

  it('tells every window the size, behind the output that the program had written before', async () => {
    const pty = await start()
    const [first, second] = [await attached(), await attached()]
    pty.say('before')
    second.say({ kind: 'claim', terminal: 'one', cols: 60, rows: 10 })
    pty.say('after')
    clock.advance(COALESCE_MS)
    const told = first.frames.slice(-3).map((frame) => (frame.kind === 'data' ? new TextDecoder().decode(frame.bytes) : frame))
    expect(told).toEqual(['before', { kind: 'size', terminal: 'one', cols: 60, rows: 10, answers: false }, 'after'])
    expect(second.frames.findLast((frame) => frame.kind === 'size')).toMatchObject({ cols: 60, rows: 10, answers: true })
  })

  it('makes another one answer while the one looked at does not read, and gives it back', async () => {
    const pty = await start()
    const [asleep, awake] = [createPage(terminals), createLivePage(terminals, 'one', 100)]
    asleep.attach('one', 90, 20)
    await until('its screen came', () => count(asleep, 'screen') === 1)
    awake.attach(80, 24, false)
    await until('the other screen came', () => awake.screens === 1)
    asleep.acks = false
    pty.say(new Uint8Array(2 * IDLE_LIMIT).fill(46))
    clock.advance(COALESCE_MS)
    await until('the other one has it', () => screens.unparsed('one') === 0)
    clock.advance(STALL_MS)
    pty.say('\x1b[5n')
    clock.advance(COALESCE_MS)
    await until('it was answered', () => pty.written.join('') === '\x1b[0n')
    expect(pty.sizes.at(-1)).toBe('90x20')
    asleep.say({ kind: 'ack', terminal: 'one', count: IDLE_LIMIT })
    await until('it has a new screen', () => count(asleep, 'screen') === 2)
    expect(asleep.frames.findLast((frame) => frame.kind === 'size')).toMatchObject({ cols: 90, rows: 20, answers: true })
  })

  it('makes one of them answer the program, each question once, also when another is looked at in between', async () => {
    const pty = await start()
    const [first, second] = [createLivePage(terminals, 'one', 100), createLivePage(terminals, 'one', 100)]
    first.attach(80, 24, true)
    second.attach(80, 24, false)
    await until('both screens came', () => first.screens + second.screens === 2)
    const answered = (): string => pty.written.join('')
    pty.say('\x1b[6n')
    second.say({ kind: 'claim', terminal: 'one', cols: 80, rows: 24 })
    pty.say('x\x1b[6n')
    clock.advance(COALESCE_MS)
    await until('both were answered', () => answered().length >= 12)
    first.close()
    pty.say('x\x1b[6')
    second.close()
    pty.say('n')
    await until('the screen in the worker answered', () => answered().length >= 18)
    expect([...pty.written].sort()).toEqual(['\x1b[1;1R', '\x1b[1;2R', '\x1b[1;3R'])
  })

  it('gives the width of what is seen to what is not, once it has come to rest', async () => {
    const [one, two] = [await start('one'), await start('two')]
    const page = await attached('one')
    page.say({ kind: 'resize', terminal: 'one', cols: 70, rows: 20 })
    page.say({ kind: 'resize', terminal: 'one', cols: 66, rows: 20 })
    clock.advance(FOLLOW_MS)
    expect(one.sizes).toEqual(['70x20', '66x20'])
    expect(two.sizes).toEqual(['66x20'])
    page.say({ kind: 'resize', terminal: 'one', cols: 66, rows: 12 })
    clock.advance(FOLLOW_MS)
    expect(two.sizes).toEqual(['66x20'])
  })

  it('again gives a new screen', async () => {
    const pty = await start()
    const page = await attached()
    pty.say('some\r\n')
    page.attach('one')
    await until('a second screen came', () => count(page, 'screen') === 2)
    clock.advance(COALESCE_MS)
    expect((await page.drawn('one')).lines().slice(0, 2)).toEqual(['some', ''])
  })
})

describe('output', () => {
  it('of a terminal nobody views is not sent, but shown to who comes later', async () => {
    const [one] = [await start('one'), await start('two')]
    const page = await attached('two')
    one.say('unseen\r\n')
    clock.advance(1000)
    expect(page.received('one')).toBe(0)
    page.attach('one')
    await until('the screen came', () => count(page, 'screen') === 2)
    expect((await page.drawn('one')).lines()[0]).toBe('unseen')
  })

  it('comes in one frame for what was written within a few milliseconds', async () => {
    const pty = await start()
    const page = await attached()
    for (let at = 0; at < 50; at += 1) pty.say('x')
    expect(count(page, 'data')).toBe(0)
    clock.advance(COALESCE_MS)
    expect(count(page, 'data')).toBe(1)
    expect(page.received('one')).toBe(50)
  })

  it('that follows a key comes at once', async () => {
    const pty = await start()
    const page = await attached()
    page.type('one', 'a')
    expect(pty.written).toEqual(['a'])
    pty.say('a')
    expect(page.received('one')).toBe(1)
    pty.say('b')
    expect(page.received('one')).toBe(1)
  })

  it('that follows a key comes at once also while another terminal floods', async () => {
    const [one, two] = [await start('one'), await start('two')]
    const page = await attached('one')
    page.attach('two')
    await until('both screens came', () => count(page, 'screen') === 2)
    page.acks = false
    for (let at = 0; at < 20; at += 1) two.say(new Uint8Array(FRAME_BYTES).fill(46))
    page.type('one', 'a')
    one.say('a')
    expect(page.received('one')).toBe(1)
  })

  it('of a flood is sent in whole frames, and what is less follows a moment later', async () => {
    const pty = await start()
    const page = await attached()
    for (let at = 0; at < 18; at += 1) pty.say(new Uint8Array(4095))
    const lengths = (): number[] => page.frames.flatMap((frame) => (frame.kind === 'data' ? [frame.bytes.length] : []))
    await until('what was sent is acknowledged', () => lengths().length >= 2)
    expect(lengths()).toEqual([FRAME_BYTES, FRAME_BYTES])
    clock.advance(COALESCE_MS)
    expect(lengths()).toEqual([FRAME_BYTES, FRAME_BYTES, 18 * 4095 - 2 * FRAME_BYTES])
  })

  it('of several floods is sent in turn', async () => {
    const ptys = [await start('a'), await start('b'), await start('c')]
    const page = await attached('a')
    page.attach('b')
    page.attach('c')
    await until('all screens came', () => count(page, 'screen') === 3)
    page.acks = false
    for (let at = 0; at < 20; at += 1) for (const pty of ptys) pty.say(new Uint8Array(FRAME_BYTES).fill(46))
    const shares = ['a', 'b', 'c'].map((id) => page.received(id))
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(2 * FRAME_BYTES)
    for (let at = 0; at < 6; at += 1) {
      for (const id of ['a', 'b', 'c']) page.say({ kind: 'ack', terminal: id, count: FRAME_BYTES })
    }
    const later = ['a', 'b', 'c'].map((id, at) => page.received(id) - shares[at]!)
    expect(Math.min(...later)).toBeGreaterThanOrEqual(FRAME_BYTES)
  })
})

describe('credit', () => {
  it('stops the program when it is used up and as much was read ahead, and lets it go on well below', async () => {
    const pty = await start()
    const page = await attached()
    page.acks = false
    for (let at = 0; at < 16; at += 1) pty.say(new Uint8Array(FRAME_BYTES))
    expect(page.received('one')).toBe(IDLE_LIMIT)
    expect(pty.paused).toBe(false)
    pty.say(new Uint8Array(FRAME_BYTES))
    expect(pty.paused).toBe(true)
    page.say({ kind: 'ack', terminal: 'one', count: FRAME_BYTES })
    expect(page.received('one')).toBe(IDLE_LIMIT + FRAME_BYTES)
    expect(pty.paused).toBe(true)
    page.say({ kind: 'ack', terminal: 'one', count: IDLE_LIMIT / 2 })
    expect(pty.paused).toBe(false)
  })

  it('is small while someone types', async () => {
    const pty = await start()
    const page = await attached()
    page.acks = false
    page.type('one', 'a')
    for (let at = 0; at < 9; at += 1) pty.say(new Uint8Array(FRAME_BYTES / 2))
    expect(page.received('one')).toBeLessThanOrEqual(TYPING_LIMIT + FRAME_BYTES)
    expect(pty.paused).toBe(true)
  })

  it('of a viewer that never acknowledges stops nobody for long, and costs no memory', async () => {
    const pty = await start()
    const [silent, lively] = [await attached(), await attached()]
    silent.acks = false
    let said = 0
    const flood = async (blocks: number): Promise<void> => {
      for (let at = 0; at < blocks; at += 1) {
        await until('the screen keeps up', () => screens.unparsed('one') < 1_000_000)
        pty.say(new TextEncoder().encode(`${'.'.repeat(FRAME_BYTES - 2)}\r\n`))
        said += FRAME_BYTES
      }
    }
    await flood(17)
    expect(pty.paused).toBe(true)
    clock.advance(STALL_MS)
    expect(pty.paused).toBe(false)
    await flood(64)
    await until('the lively one has all', () => lively.received('one') === said)
    expect(silent.received('one')).toBe(IDLE_LIMIT)
    pty.say('\x1b[2J\x1b[Hthe end\r\n')
    clock.advance(COALESCE_MS)

    const screensBefore = count(silent, 'screen')
    silent.acks = true
    silent.say({ kind: 'ack', terminal: 'one', count: IDLE_LIMIT })
    await until('the silent one got a new screen', () => count(silent, 'screen') === screensBefore + 1)
    pty.say('and on')
    clock.advance(COALESCE_MS)
    const [slow, fast] = [await silent.drawn('one'), await lively.drawn('one')]
    expect(slow.lines().slice(0, 2)).toEqual(['the end', 'and on'])
    expect(slow.lines()).toEqual(fast.lines())
  })

  it.each(['leaves', 'is let go'])(
    'that a terminal used up comes back to the one that waits beside it when it %s',
    async (how) => {
      const [waits, floods] = [await start('waits'), await start('floods')]
      const page = await attached('waits')
      page.attach('floods')
      await until('both screens came', () => count(page, 'screen') === 2)
      page.acks = false
      for (let at = 0; at < 8; at += 1) floods.say(new Uint8Array(FRAME_BYTES))
      waits.say('seen')
      clock.advance(COALESCE_MS)
      clock.advance(STALL_MS)
      expect(page.received('waits')).toBe(0)
      floods.end()
      if (how === 'leaves') page.say({ kind: 'detach', terminal: 'floods' })
      else terminals.forget('floods')
      await until('it has a new screen', () => count(page, 'screen') === 3)
      expect((await page.drawn('waits')).lines()[0]).toBe('seen')
    },
  )

  it('is given back by a viewer that leaves while it holds a program', async () => {
    const pty = await start()
    const page = await attached()
    page.acks = false
    for (let at = 0; at < 17; at += 1) pty.say(new Uint8Array(FRAME_BYTES))
    expect(pty.paused).toBe(true)
    page.close()
    expect(pty.paused).toBe(false)
  })

  it('does not matter to a terminal nobody views: its program waits for the screen only', async () => {
    const pty = await start()
    for (let at = 0; at < 5; at += 1) pty.say(new Uint8Array(1024 * 1024).fill(46))
    expect(pty.paused).toBe(true)
    await until('the screen has caught up', () => !pty.paused)
    expect(screens.unparsed('one')).toBeLessThan(1024 * 1024)
  })
})

describe('the end', () => {
  it('is told after all output, and again to who attaches later', async () => {
    const pty = await start()
    const page = await attached()
    pty.say('last words')
    pty.end({ code: 3, signal: null })
    expect(page.frames.slice(-2).map((frame) => frame.kind)).toEqual(['data', 'exit'])
    expect(page.frames.at(-1)).toMatchObject({ code: 3, signal: null })
    const late = await attached()
    await until('the exit came', () => count(late, 'exit') === 1)
    expect(late.frames.flatMap(({ kind }) => (kind === 'size' ? [] : [kind]))).toEqual(['screen', 'exit'])
    expect((await late.drawn('one')).lines()[0]).toBe('last words')
  })

  it('waits for the credit that its output needs', async () => {
    const pty = await start()
    const page = await attached()
    page.acks = false
    for (let at = 0; at < 9; at += 1) pty.say(new Uint8Array(FRAME_BYTES))
    pty.end()
    expect(count(page, 'exit')).toBe(0)
    page.say({ kind: 'ack', terminal: 'one', count: IDLE_LIMIT })
    expect(page.frames.slice(-2).map((frame) => frame.kind)).toEqual(['data', 'exit'])
  })
})

describe('frames that make no sense', () => {
  it('are ignored', async () => {
    const pty = await start()
    const page = await attached()
    const before = page.frames.length
    page.sayBytes(new Uint8Array())
    page.sayBytes(Uint8Array.of(250, 3, 111, 110, 101))
    page.sayBytes(Uint8Array.of(4, 200, 1))
    page.say({ kind: 'data', terminal: 'one', bytes: new Uint8Array(3) })
    page.say({ kind: 'exit', terminal: 'one', code: 0, signal: null })
    page.type('nobody', 'x')
    page.say({ kind: 'detach', terminal: 'nobody' })
    page.say({ kind: 'ack', terminal: 'nobody', count: 9 })
    for (let at = 0; at < 1000; at += 1) page.attach(`made-up-${at}`)
    expect(page.frames.length).toBe(before)
    expect(pty.written).toEqual([])
  })

  it('cannot type into a terminal the viewer is not attached to', async () => {
    const pty = await start()
    const page = await attached()
    page.say({ kind: 'detach', terminal: 'one' })
    page.type('one', 'x')
    expect(pty.written).toEqual([])
  })
})
