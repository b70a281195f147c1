/** How soon a key comes back, and how many frames are drawn, while other terminals print as fast as they can; and how soon Ctrl-C arrives. */

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BESIDE,
  SESSIONS,
  arrange,
  focusTyped,
  forget,
  parsed,
  typeLetters,
  type BenchPage,
  type Files,
  type View,
} from './bench-page.ts'
import { fromEnvironment, median, ms, quantile, tell, times } from './figures.ts'
import { streamOf } from './streams.ts'

const LETTERS = fromEnvironment('BENCH_LETTERS', 60)
const LETTER_EVERY_MS = 30
const ROUNDS = fromEnvironment('BENCH_ROUNDS', 3)
const FRAMES_MS = 3_000
/** What the issue allows: echo against idle, frames against idle, Ctrl-C. */
const WANTED_ECHO = 3
const WANTED_FRAMES = 0.8
const WANTED_INTERRUPT_MS = 200

const FLOODED = Array.from({ length: SESSIONS - 1 }, (_, at) => `s${at + 2}`)

export const floodOf = (file: string): string => `stty -opost; while :; do cat ${file}; done`

export async function setFloods({ house, page }: BenchPage, scripts: ReadonlyMap<string, string>): Promise<void> {
  await Promise.all(FLOODED.map((id) => house.run(id, scripts.get(id) ?? 'exec cat')))
  await page.waitForTimeout(700)
}

type Case = { readonly what: string; readonly view: View; readonly floods: ReadonlyMap<string, string> }
type Found = { readonly echoes: number[]; readonly rates: number[] }

/** Types with each of the cases in turn, several times. */
async function echoesOf(bench: BenchPage, cases: readonly Case[]): Promise<ReadonlyMap<Case, Found>> {
  const found = new Map<Case, Found>(cases.map((one) => [one, { echoes: [], rates: [] }]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of cases) {
      await arrange(bench, one.view)
      await setFloods(bench, one.floods)
      await forget(bench, BESIDE)
      const started = performance.now()
      found.get(one)?.echoes.push(...(await typeLetters(bench, LETTERS, LETTER_EVERY_MS)))
      found.get(one)?.rates.push((await parsed(bench, BESIDE)) / 1e3 / (performance.now() - started))
    }
  }
  await setFloods(bench, new Map())
  return found
}

/** Prints the echo beside five floods, and beside a program that writes byte by byte. */
export async function benchEcho(bench: BenchPage, files: Files): Promise<void> {
  const file = await files.write('flood', streamOf('tui', 4e6))
  const five = new Map(FLOODED.map((id) => [id, floodOf(file)]))
  const bytewise = new Map([[BESIDE, `stty -opost; while :; do dd bs=1 status=none if=${file}; done`]])
  const cases: readonly Case[] = [
    { what: 'nothing else runs, two on show', view: 'two', floods: new Map() },
    { what: 'five floods, one of them on show', view: 'two', floods: five },
    { what: 'one program, a byte per write', view: 'two', floods: bytewise },
    { what: 'nothing else runs, six on show', view: 'grid', floods: new Map() },
    { what: 'five floods, all of them on show', view: 'grid', floods: five },
  ]
  const found = await echoesOf(bench, cases)
  tell(`\nfrom a key to its parsed echo, ${LETTERS * ROUNDS} letters each, the cases in turn`)
  let idle = Number.NaN
  for (const [{ what, floods }, { echoes, rates }] of found) {
    const p99 = quantile(echoes, 0.99)
    if (floods.size === 0) idle = p99
    const beside =
      floods.size === 0
        ? ''
        : ` (${times(p99 / idle)} idle; wanted: at most ${WANTED_ECHO})  ${median(rates).toFixed(1)} MB/s beside it`
    tell(`${what.padEnd(34)} p50 ${ms(median(echoes))}  p99 ${ms(p99)}${beside}`)
  }
}

/** Prints what the smaller credit after a key is worth. Each page has a House of its own with its own limits. */
export async function benchCredit(benches: ReadonlyMap<string, BenchPage>, files: Files): Promise<void> {
  const file = await files.write('flood', streamOf('tui', 4e6))
  const five = new Map(FLOODED.map((id) => [id, floodOf(file)]))
  const all = new Map<string, { idle: number[]; two: number[]; grid: number[]; typing: number[]; resting: number[] }>()
  for (const what of benches.keys()) all.set(what, { idle: [], two: [], grid: [], typing: [], resting: [] })
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [what, bench] of benches) {
      const mine = all.get(what)
      if (mine === undefined) continue
      await bench.page.bringToFront()
      await arrange(bench, 'two')
      mine.idle.push(...(await typeLetters(bench, LETTERS, LETTER_EVERY_MS)))
      await setFloods(bench, five)
      await forget(bench, BESIDE)
      let started = performance.now()
      mine.two.push(...(await typeLetters(bench, LETTERS, LETTER_EVERY_MS)))
      mine.typing.push((await parsed(bench, BESIDE)) / 1e3 / (performance.now() - started))
      await bench.page.waitForTimeout(1_200)
      await forget(bench, BESIDE)
      started = performance.now()
      await bench.page.waitForTimeout(2_000)
      mine.resting.push((await parsed(bench, BESIDE)) / 1e3 / (performance.now() - started))
      await arrange(bench, 'grid')
      mine.grid.push(...(await typeLetters(bench, LETTERS, LETTER_EVERY_MS)))
      await setFloods(bench, new Map())
    }
  }
  tell(`\nthe credit of a window: usual / for a second after a key; p99 of the echo, and the flood beside it`)
  for (const [what, { idle, two, grid, typing, resting }] of all) {
    const [rest, beside, watched] = [idle, two, grid].map((echoes) => quantile(echoes, 0.99))
    tell(
      `${what.padEnd(18)} idle ${ms(rest ?? 0)}  five floods, one on show ${ms(beside ?? 0)} (${times((beside ?? 0) / (rest ?? 0))})  all on show ${ms(watched ?? 0)} (${times((watched ?? 0) / (rest ?? 0))})  MB/s while typing ${median(typing).toFixed(1)}, at rest ${median(resting).toFixed(1)}`,
    )
  }
}

/** Prints how many frames a second are drawn beside one flood. */
export async function benchFrames(bench: BenchPage, files: Files): Promise<void> {
  const file = await files.write('flood', streamOf('tui', 4e6))
  await arrange(bench, 'two')
  const rates = async (): Promise<number> => {
    const frames = (await bench.page.evaluate((milliseconds) => window.pageBytes?.frames(milliseconds), FRAMES_MS)) ?? []
    return (frames.length * 1000) / frames.reduce((sum, frame) => sum + frame, 0)
  }
  const rounds: { readonly idle: number; readonly flood: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await setFloods(bench, new Map())
    const idle = await rates()
    await setFloods(bench, new Map([[BESIDE, floodOf(file)]]))
    rounds.push({ idle, flood: await rates() })
  }
  await setFloods(bench, new Map())
  const ratio = median(rounds.map(({ idle, flood }) => flood / idle))
  tell(
    `\nframes a second: nothing prints ${median(rounds.map(({ idle }) => idle)).toFixed(0)}, one flood on show ${median(rounds.map(({ flood }) => flood)).toFixed(0)}: ${times(ratio)} (wanted: at least ${WANTED_FRAMES})`,
  )
}

/** Prints how long Ctrl-C takes from the key to the program, at rest and in a flood. */
export async function benchInterrupt(bench: BenchPage, files: Files): Promise<void> {
  const { page, house } = bench
  const file = await files.write('flood', streamOf('tui', 4e6))
  const heard = join(files.folder, 'heard')
  await arrange(bench, 'one')
  const once = async (loop: string): Promise<number> => {
    await rm(heard, { force: true })
    await house.run('s1', `trap 'echo $EPOCHREALTIME >${heard}.new; mv ${heard}.new ${heard}; exit' INT; ${loop}`)
    await page.waitForTimeout(1_000)
    await focusTyped(bench)
    await page.keyboard.press('Control+c')
    const pressedAt = await page.evaluate(() => window.pageBytes?.keyAt() ?? 0)
    for (let tries = 0; tries < 500; tries += 1) {
      const text = await readFile(heard, 'utf8').catch(() => '')
      if (text !== '') return Number(text.replace(',', '.')) * 1000 - pressedAt
      await page.waitForTimeout(20)
    }
    throw new Error('Ctrl-C did not reach the program.')
  }
  const rounds: { readonly rest: number; readonly flood: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ rest: await once('while :; do sleep 0.01; done'), flood: await once(`while :; do cat ${file}; done`) })
  }
  const [rest, flood] = [median(rounds.map((one) => one.rest)), median(rounds.map((one) => one.flood))]
  tell(
    `Ctrl-C reaches the program: at rest ${ms(rest)}, in its own flood ${ms(flood)} (${times(flood / rest)}; longest ${ms(Math.max(...rounds.map((one) => one.flood)))}; wanted: at most ${WANTED_INTERRUPT_MS} ms)`,
  )
}
