import { afterEach, describe, expect, it } from 'vitest'
import { createScreen, type HeadlessScreen } from './screen.ts'
import { createRandom, randomChunks, randomStream, TEXT_KINDS } from './testing/random.ts'
import { createReference, type Reference } from './testing/reference.ts'

const COLS = 48
const ROWS = 12
const open: HeadlessScreen[] = []

function screenOf(cols = COLS, rows = ROWS, answer: (text: string) => void = () => undefined): HeadlessScreen {
  const screen = createScreen({ cols, rows, scrollback: 200, answer })
  open.push(screen)
  return screen
}

const feed = (screen: HeadlessScreen, text: string | Uint8Array, answer = false): Promise<void> =>
  new Promise((parsed) => screen.write(typeof text === 'string' ? new TextEncoder().encode(text) : text, answer, parsed))
const taken = (screen: HeadlessScreen): Promise<Uint8Array> => new Promise((give) => screen.take(({ bytes }) => give(bytes)))
const textOf = (screen: HeadlessScreen, lines: number): Promise<string> => new Promise((give) => screen.text(lines, give))

afterEach(() => {
  for (const screen of open.splice(0)) screen.dispose()
})

async function attachSomewhere(seed: number, stream: Uint8Array): Promise<{ whole: Reference; late: Reference }> {
  const random = createRandom(seed)
  const chunks = randomChunks(random, stream, 24)
  const screen = screenOf()
  const whole = createReference(COLS, ROWS, 200)
  const late = createReference(COLS, ROWS, 200)
  const attachAt = random.below(chunks.length)
  for (const [index, chunk] of chunks.entries()) {
    void feed(screen, chunk)
    await whole.write(chunk)
    if (index === attachAt) await late.write(await taken(screen))
    else if (index > attachAt) await late.write(chunk)
  }
  return { whole, late }
}

describe('the seam', () => {
  const seeds = Array.from({ length: 30 }, (_, seed) => seed)

  it.each(seeds)('is invisible wherever a viewer attaches (seed %i)', async (seed) => {
    const { whole, late } = await attachSomewhere(seed, randomStream(createRandom(seed), 150))
    expect(late.picture()).toBe(whole.picture())
  })

  it.each(seeds)('keeps colours and attributes (seed %i)', async (seed) => {
    const { whole, late } = await attachSomewhere(seed, randomStream(createRandom(seed), 150, TEXT_KINDS))
    expect(late.colouredPicture()).toBe(whole.colouredPicture())
  })
})

describe('a keepsake', () => {
  const kept = (screen: HeadlessScreen): Promise<string> =>
    new Promise((give) => screen.keepsake(1_000_000, (bytes) => give(new TextDecoder().decode(bytes))))
  const plain = (text: string): string => text.replaceAll(/\p{Cc}\[[\d;]*m/gu, '')

  it.each([
    ['at the end of a line', 'one\r\ntwo?', 'one\r\ntwo?'],
    ['in the middle of one', 'one two\x1b[1;2HX', 'oXe two'],
    ['behind the last column', '0123456789\x1b[31mX', '0123456789X'],
    ['below all lines', 'one\r\n\r\n日本', 'one\r\n\r\n日本'],
    ['on the other screen', 'one\x1b[?1049h\x1b[3;3HX', 'one\r\n\r\n\r\n  X'],
    ['in a colour', '\x1b[31mred!', 'red!'],
  ])('has the character that is held back %s', async (_, printed, said) => {
    const screen = screenOf(10, 4)
    await feed(screen, printed)
    expect(plain(await kept(screen))).toBe(said)
    expect(plain(await kept(screen))).toBe(said)
  })

  it('leaves the screen as it is: a mark that comes next joins, also for who attached in between', async () => {
    const screen = screenOf()
    await feed(screen, 'caf')
    await feed(screen, 'e')
    await kept(screen)
    const late = createReference(COLS, ROWS, 200)
    await late.write(await taken(screen))
    await late.write('\u0301 ')
    const whole = createReference(COLS, ROWS, 200)
    await whole.write('cafe\u0301 ')
    expect(late.picture()).toBe(whole.picture())
  })
})

describe('text', () => {
  it('joins what only wrapped at the edge, and counts the character held back', async () => {
    const screen = screenOf(10, 4)
    await feed(screen, 'first\r\n0123456789abc\r\n\r\nlast?')
    expect(await textOf(screen, 10)).toBe('first\n0123456789abc\n\nlast?')
    expect(await textOf(screen, 1)).toBe('last?')
  })

  it('reaches into the scrollback', async () => {
    const screen = screenOf(20, 4)
    await feed(screen, Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\r\n'))
    expect((await textOf(screen, 10)).split('\n')).toEqual(Array.from({ length: 10 }, (_, line) => `line ${20 + line}`))
  })
})

describe('answers', () => {
  it('are given only where nobody views the terminal', async () => {
    const answers: string[] = []
    const screen = screenOf(20, 4, (text) => answers.push(text))
    await feed(screen, 'ab\x1b[6n', false)
    expect(answers).toEqual([])
    await feed(screen, '\x1b[6n', true)
    expect(answers).toEqual(['\x1b[1;3R'])
  })

  it('never repeat what the program printed', async () => {
    const answers: string[] = []
    const screen = screenOf(40, 4, (text) => answers.push(text))
    await feed(screen, '\x1b]0;rm -rf x\x07\x1b[21t\x05\x1bP+q726d\x1b\\\x1bP$qrm -rf x\x1b\\\x1b[20t.', true)
    expect(answers.join('')).not.toContain('rm')
  })
})

describe('hostile output', () => {
  const huge = '2147483647'

  it.each(['b', 'S', 'T', 'L', 'M', 'I', 'Z'])('a huge count for CSI %s does not stop the screen', async (final) => {
    const screen = screenOf(80, 24)
    const before = process.cpuUsage()
    await feed(screen, `a\x1b[${huge}${final}`)
    await feed(screen, '\r\nstill here\r\n')
    expect(await textOf(screen, 1)).toBe('still here')
    // What it takes to compute: other programs may take the time.
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
  })

  it.each([
    ['a title without an end', `\x1b]0;${'x'.repeat(5_000_000)}`],
    ['a device string without an end', `\x1bPq${'x'.repeat(5_000_000)}`],
    ['a hundred thousand parameters', `\x1b[${'1;'.repeat(100_000)}m`],
    ['marks without an end', `e${'\u0301'.repeat(50_000)}`],
  ])('%s is bounded, and a viewer that attaches inside it sees no text of it', async (_, text) => {
    const screen = screenOf(80, 24)
    await feed(screen, 'before\r\n')
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; at += 65_536) void feed(screen, bytes.slice(at, at + 65_536))
    const rebuilt = await taken(screen)
    expect(rebuilt.length).toBeLessThan(300_000)
    const late = createReference(80, 24)
    await late.write(rebuilt)
    await late.write('xxxx;1\x18\x1b\\\r\nafter')
    expect(late.lines()[0]).toBe('before')
    expect(late.lines().join('\n')).not.toMatch(/x{5}/u)
    expect(late.lines().join('\n')).toContain('after')
  })
})

describe('resize', () => {
  it('keeps the text, wraps what got too long and joins it again', async () => {
    const screen = screenOf(40, 6)
    await feed(screen, 'one long line of forty characters here..\r\nshort\r\n')
    screen.resize(20, 6)
    const narrow = createReference(20, 6)
    await narrow.write(await taken(screen))
    expect(narrow.lines().slice(0, 3)).toEqual(['one long line of for', 'ty characters here..', 'short'])
    screen.resize(40, 6)
    const wide = createReference(40, 6)
    await wide.write(await taken(screen))
    expect(wide.lines().slice(0, 2)).toEqual(['one long line of forty characters here..', 'short'])
  })
})
