/**
 * What a worktree costs: one that is kept ready (G7), one that is not (G8), removing one (G9), and five at once for two hundred
 * times (G10), each beside what plain git takes for the same in the same run.
 */

import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { discardWorktree } from '../../electron/git/discard.ts'
import { parseOid } from '../../electron/git/names.ts'
import { createGit } from '../../electron/git/run.ts'
import { systemClock } from '../../electron/kit/clock.ts'
import { createLane } from '../../electron/kit/lane.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createWorktree, type Creation } from '../../electron/sessions/creation.ts'
import { createWarm } from '../../electron/sessions/worktrees/warm.ts'
import { readWarmNote } from '../../electron/sessions/worktrees/warm-note.ts'
import { copyFiles } from '../../electron/repository/copying.ts'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'

const FILES = Number(process.env['BENCH_FILES'] ?? 24_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)
const AT_ONCE = Number(process.env['BENCH_AT_ONCE'] ?? 200)

const around = await realpath(await mkdtemp(join(tmpdir(), 'sluice-bench-')))
const path = join(around, 'big')
const root = `${path}.worktrees`

function plain(...args: string[]): string {
  const ended = spawnSync('git', args, { cwd: path, encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`)
  return ended.stdout.trim()
}

async function timed(work: () => unknown): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

function say(what: string, values: readonly number[], baseline: readonly number[], goal: number): void {
  const ratio = median(values) / median(baseline)
  const verdict = ratio <= goal ? 'within' : 'OVER'
  console.log(
    `${what}: ${median(values).toFixed(1)} ms against ${median(baseline).toFixed(1)} ms, ratio ${ratio.toFixed(4)} (${verdict} ${goal})`,
  )
}

await mkdir(path)
plain('init', '--quiet', '--initial-branch=main')
for (let folder = 0; folder < FILES / 12; folder += 1) {
  const at = join(path, `packages/p${folder % 97}/src/d${folder}`)
  await mkdir(at, { recursive: true })
  const names = Array.from({ length: 12 }, (_, index) => join(at, `file-${index}.ts`))
  await Promise.all(names.map((name, index) => writeFile(name, `export const value = ${folder * 12 + index}\n`.repeat(80))))
}
plain('add', '--all')
plain('-c', 'user.name=B', '-c', 'user.email=b@c', '-c', 'gc.auto=0', 'commit', '--quiet', '--message=Big')
plain('gc', '--quiet')
const head = parseOid(plain('rev-parse', 'HEAD'))
if (head === null) throw new Error('There is no commit.')
console.log(`${FILES} files`)

const git = createGit({ env: process.env })
const lane = createLane()
const checkout = { path, trusted: true }
const dataDir = join(around, 'data')
let target = head
let busy = false
const warm = createWarm(
  {
    git,
    lane,
    clock: systemClock,
    log: createLog(process.stderr, () => new Date()),
    dataDir,
    repository: 'bench',
    home: () => ({ checkout, config: DEFAULT_CONFIG, target: { branch: 'main', head: target } }),
    isBusy: () => busy,
  },
  { quietMs: 10 },
)
const signal = new AbortController().signal
const creation = (name: string, claimWarm: Creation['claimWarm']): Creation => ({
  repository: checkout,
  name,
  branch: `sluice/${name}`,
  root,
  from: target,
  copyInto: (into) => copyFiles(git, { from: checkout, into, patterns: [], signal }),
  claimWarm,
})
async function create(name: string, claimWarm: Creation['claimWarm']): Promise<void> {
  const made = await createWorktree(git, lane, creation(name, claimWarm), signal)
  if (!made.ok) throw new Error(made.failure.message)
}
/** Gives the end of the deletion, which goes on in the background. */
async function discard(name: string): Promise<{ readonly deleted: Promise<boolean> }> {
  const at = join(root, name)
  const discarded = await discardWorktree(git, checkout, { path: at, root, madeByUs: true })
  if (discarded.kind === 'refused') throw new Error(discarded.message)
  return { deleted: discarded.deleted }
}
async function ready(): Promise<void> {
  busy = false
  warm.poke()
  // Writing so many files takes as long as the disk wants.
  while ((await readWarmNote(join(dataDir, 'warm', 'bench.json')))?.phase !== 'made') await setTimeout(50)
  await warm.idle()
  busy = true
}

const adds: number[] = []
const removes: number[] = []
const misses: number[] = []
const claims: number[] = []
const removals: number[] = []
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [a, b, c] = [`plain-${round}`, `miss-${round}`, `warm-${round}`]
    adds.push(await timed(() => plain('worktree', 'add', '--quiet', '--no-track', '-b', a, join(root, a), head)))
    misses.push(await timed(() => create(b, () => Promise.resolve(false))))
    await ready()
    let claimed = false
    const note = async (wanted: Parameters<typeof warm.claim>[0]): Promise<boolean> => (claimed = await warm.claim(wanted))
    claims.push(await timed(() => create(c, note)))
    if (!claimed) throw new Error('It was not claimed.')
    if (plain('-C', join(root, c), 'status', '--porcelain', '--ignored') !== '') throw new Error('It is not clean.')
    removes.push(await timed(() => plain('worktree', 'remove', join(root, a))))
    let gone = { deleted: Promise.resolve(true) }
    const remove = async (): Promise<void> => {
      gone = await discard(b)
    }
    removals.push(await timed(remove))
    await gone.deleted
    await (
      await discard(c)
    ).deleted
  }
  say('G7 a worktree that is ready', claims, adds, 0.02)
  say('G8 one that is not', misses, adds, 1.1)
  say('G9 removing one', removals, removes, 0.03)

  target = parseOid(plain('commit-tree', '-m', 'Small', plain('mktree'))) ?? head
  let failed = 0
  for (let round = 0; round < AT_ONCE / 5; round += 1) {
    const names = Array.from({ length: 5 }, (_, index) => `s${round}-${index}`)
    const done = await Promise.allSettled(names.map((name) => create(name, () => Promise.resolve(false))))
    failed += done.filter(({ status }) => status === 'rejected').length
  }
  const branches = plain('branch', '--list', 'sluice/s*').split('\n').length
  console.log(
    `G10 ${AT_ONCE} at five at once: ${failed} failed, ${AT_ONCE - failed - branches} branches too few or, below zero, orphans`,
  )
} finally {
  await warm.close()
  await rm(around, { recursive: true, force: true })
}
