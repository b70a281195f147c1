import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { createScreens, type Screens } from './screens.ts'
import { mortalWorker } from './testing/mortal-worker.ts'
import { until } from './testing/until.ts'

const real = new URL('screens-worker.ts', import.meta.url)
const nobody = { parsed: () => undefined, answered: () => undefined }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const opened: Screens[] = []

function open(worker: URL, scrollback?: number): Screens {
  const screens = createScreens(scrollback === undefined ? { worker } : { worker, scrollback })
  opened.push(screens)
  return screens
}

afterEach(async () => {
  for (const screens of opened.splice(0)) await screens.close()
})

describe('screens', () => {
  it('are kept apart', async () => {
    const screens = open(real)
    for (const id of ['a', 'b']) {
      screens.open(id, 20, 5, nobody)
      screens.write(id, bytes(`I am ${id}`), false)
    }
    expect([await screens.text('a', 1), await screens.text('b', 1)]).toEqual(['I am a', 'I am b'])
  })

  it('take a small part of a large buffer for what it is, and leave it to its owner', async () => {
    const screens = open(real)
    screens.open('a', 20, 5, nobody)
    const large = Buffer.from('secret shown secret')
    screens.write('a', large.subarray(7, 12), false)
    expect(await screens.text('a', 1)).toBe('shown')
    expect(large.toString()).toBe('secret shown secret')
  })

  it('show small pieces in order, whoever answers in between, and all of them before what is asked', async () => {
    const screens = open(real)
    screens.open('a', 20, 5, nobody)
    const pieces = Array.from({ length: 500 }, (_, at) => `${at},`)
    for (const [at, piece] of pieces.entries()) screens.write('a', bytes(piece), at % 7 === 0)
    expect(await screens.text('a', 1)).toBe(pieces.join(''))
  })

  it('keep as many lines as asked, no more', async () => {
    const screens = open(real, 50)
    screens.open('a', 20, 5, nobody)
    screens.write('a', bytes(Array.from({ length: 500 }, (_, line) => `line ${line}`).join('\r\n')), false)
    expect((await screens.text('a', 1000)).split('\n')).toHaveLength(55)
  })

  it('say how much they have not taken in yet, until they have', async () => {
    const screens = open(real)
    screens.open('a', 20, 5, nobody)
    screens.write('a', new Uint8Array(100_000).fill(46), false)
    expect(screens.unparsed('a')).toBe(100_000)
    await until('all is parsed', () => screens.unparsed('a') === 0)
  })

  it('of an unknown terminal are empty', async () => {
    const screens = open(real)
    expect((await screens.screen('nobody')).bytes).toHaveLength(0)
    expect(await screens.text('nobody', 5)).toBe('')
  })

  it('answer a question that was open when their terminal was let go', async () => {
    const screens = open(real)
    screens.open('a', 20, 5, nobody)
    const asked = screens.text('a', 1)
    screens.dispose('a')
    expect(await asked).toBe('')
  })
})

describe('a worker that dies', () => {
  it('is started again: screens say that they were lost, and go on', async () => {
    const screens = open(await mortalWorker())
    const lost: string[] = []
    screens.lost.on((error) => lost.push(error.message))
    screens.open('a', 100, 5, nobody)
    screens.write('a', bytes('before\r\n'), false)
    await screens.text('a', 1)
    screens.write('a', bytes('fatal'), false)
    const asked = screens.text('a', 5)
    await until('the loss was told', () => lost.length > 0)
    expect(lost).toEqual(['died of a word'])
    expect(await asked).toContain('Sluice lost the earlier screen')
    expect(screens.unparsed('a')).toBeLessThan(200)
    screens.write('a', bytes('after'), false)
    expect((await screens.text('a', 5)).split('\n').at(-1)).toBe('after')
  })

  it('again and again is given up: screens are empty, nothing waits for them', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'sluice-screens-')), 'dead.mjs')
    await writeFile(file, `throw new Error('stillborn')`)
    const screens = open(pathToFileURL(file))
    let deaths = 0
    screens.lost.on(() => (deaths += 1))
    screens.open('a', 20, 5, nobody)
    const asked = screens.screen('a')
    expect((await asked).bytes).toHaveLength(0)
    await until('it was given up', () => deaths === 6)
    screens.write('a', bytes('text'), false)
    expect(screens.unparsed('a')).toBe(0)
    expect(await screens.text('a', 1)).toBe('')
  })
})
