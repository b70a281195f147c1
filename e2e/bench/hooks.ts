/**
 * What our hooks and status line cost a turn of ten tool calls of the real Claude Code, with a model that answers at once.
 * Two of them in turns, with our settings and without; each round stands beside the same one without, of the same moment.
 */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { launchSettings } from '../../electron/sessions/launch.ts'
import { billedOf } from '../model/books.ts'
import { bash, say } from '../model/scripts.ts'
import { makeBench, startTui, until, type Tui } from '../model/testing.ts'

const TOOL_CALLS = 10
const ROUNDS = 15
/** What the issue allows. */
const LIMIT = 1.1

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const steps = [...Array.from({ length: TOOL_CALLS }, (_, at) => bash(`echo ${at}`)), say('Done.')]
const bench = await makeBench({ ten: steps })

async function begin(args: readonly string[]): Promise<Tui> {
  const tui = startTui(bench, bench.repository, ['--permission-mode', 'acceptEdits', ...args])
  await until(tui.status, ({ status }) => status === 'idle')
  return tui
}

/** From Enter until it says that it is idle again. */
async function turn(tui: Tui): Promise<number> {
  const before = billedOf(bench.model.books()).length
  const played = (): number => billedOf(bench.model.books()).length - before
  tui.type('run:ten')
  await pause(300)
  const started = performance.now()
  tui.type('\r')
  while (played() <= TOOL_CALLS || (await tui.status()).status !== 'idle') await pause(2)
  const took = performance.now() - started
  // The status line is drawn a moment later; it belongs to no turn.
  await pause(700)
  return took
}

const ledger = join(bench.folder, 'ledger')
await mkdir(ledger)
const ours = await begin(['--settings', launchSettings({ ledger, userStatusLine: null, host: process.pid })])
const bare = await begin([])
try {
  const rounds: { readonly with: number; readonly without: number }[] = []
  // The first turn of each warms up.
  await turn(ours)
  await turn(bare)
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes, so that neither has the quieter half.
    const first = await turn(round % 2 === 0 ? ours : bare)
    const second = await turn(round % 2 === 0 ? bare : ours)
    rounds.push(round % 2 === 0 ? { with: first, without: second } : { with: second, without: first })
  }
  const [withOurs, without] = [median(rounds.map((one) => one.with)), median(rounds.map((one) => one.without))]
  const ratio = withOurs / without
  tell(`a turn of ${TOOL_CALLS} tool calls, ${ROUNDS} rounds, medians`)
  tell(`without our hooks  ${without.toFixed(0)} ms`)
  tell(`with our hooks     ${withOurs.toFixed(0)} ms  (${ratio.toFixed(2)} ×; wanted: at most ${LIMIT} ×)`)
} finally {
  await Promise.all([ours.stop(), bare.stop()])
  await bench.dispose()
}
