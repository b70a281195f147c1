/** Bytes lost where a program ends: many runs that print and are gone at once, with our terminal and with stock node-pty. */

import { spawn } from 'node-pty'
import { spawnPty } from '../../electron/terminals/pty.ts'
import { fromEnvironment, ms, quantile, tell } from './figures.ts'

const RUNS = fromEnvironment('BENCH_RUNS', 1_000)
const STOCK_RUNS = Math.min(RUNS, 100)
const SIZES = [5_000, 20_000, 100_000] as const
/** Most of a run is waiting. */
const AT_ONCE = 24

type Ended = { readonly bytes: number; readonly late: boolean }

const request = (size: number) => ({
  file: 'head',
  args: ['-c', String(size), '/dev/zero'],
  cwd: '/',
  env: { PATH: '/usr/bin:/bin' },
  cols: 80,
  rows: 24,
})

function ours(size: number): Promise<Ended> {
  return new Promise((resolve) => {
    let bytes = 0
    let over = false
    let late = false
    spawnPty(request(size), {
      data(piece) {
        late ||= over
        bytes += piece.length
      },
      exit() {
        over = true
        setImmediate(() => resolve({ bytes, late }))
      },
    })
  })
}

function stock(size: number): Promise<Ended> {
  return new Promise((resolve) => {
    const { file, args, ...options } = request(size)
    const pty = spawn(file, args, { ...options, encoding: null })
    let bytes = 0
    pty.onData((piece: string | Uint8Array) => (bytes += piece.length))
    pty.onExit(() => setTimeout(() => resolve({ bytes, late: false }), 50))
  })
}

async function many(count: number, run: () => Promise<Ended>): Promise<readonly Ended[]> {
  const all: Ended[] = []
  let begun = 0
  const worker = async (): Promise<void> => {
    for (; begun < count;) {
      begun += 1
      all.push(await run())
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return all
}

/** Prints how many runs lost bytes, and how many had output after their end. */
export async function benchExits(): Promise<void> {
  tell(`\nbytes lost where a program ends (wanted: none)`)
  for (const size of SIZES) {
    const started = performance.now()
    const product = await many(RUNS, () => ours(size))
    const took = (performance.now() - started) / RUNS
    const bare = await many(STOCK_RUNS, () => stock(size))
    const short = (runs: readonly Ended[]): number => runs.filter(({ bytes }) => bytes !== size).length
    const lost = product.reduce((sum, { bytes }) => sum + size - bytes, 0)
    const most =
      size -
      quantile(
        product.map(({ bytes }) => bytes),
        0,
      )
    tell(
      `${String(size).padStart(6)} bytes: ${lost} lost in ${short(product)} of ${RUNS} runs (most in one: ${most}), output after the end in ${product.filter(({ late }) => late).length}; stock node-pty lost some in ${short(bare)} of ${STOCK_RUNS}; ${ms(took)} a run`,
    )
  }
}
