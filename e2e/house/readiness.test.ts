/** The readiness list and the queue never disagree: what the one says blocks, the other refuses or blocks before its checks, in any state of a session. */

import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
import type { Client } from '../../shared/client.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { ReadinessLine, Review } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

let scene: Scene
let house: RunningHouse
let client: Client

/** No check passes, so nothing lands: what was queued and not refused is blocked by its checks. */
const CHECK = 'echo checked; exit 1'

const run = (where: string, ...args: string[]): Promise<string> => git(scene.env, where, ...args)

async function commit(where: string, files: Readonly<Record<string, string>>, message = 'Work'): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(where, name)), { recursive: true })
    await writeFile(join(where, name), content)
  }
  await run(where, 'add', '--all')
  await run(where, 'commit', '--quiet', '--allow-empty', `--message=${message}`)
}

const NUMBERS = Array.from({ length: 12 }, (_none, at) => `${at + 1}\n`)
const numbers = (line: number, text: string): string => NUMBERS.map((one, at) => (at + 1 === line ? `${text}\n` : one)).join('')

beforeAll(async () => {
  scene = await makeScene(undefined, { 'numbers.txt': NUMBERS.join(''), 'apart.txt': 'apart\n' })
  ;({ house, client } = await scene.open())
  await value(client.call('config.set', { key: 'warm', value: false }))
  await value(client.call('config.set', { key: 'checks', value: [CHECK] }))
  // This one has the only room, so the others have their worktrees and start no program.
  await value(client.call('config.set', { key: 'maxSessions', value: 1 }))
  await value(client.call('session.start', { name: 'room', prompt: 'x' }))
})

afterAll(async () => {
  await house.close()
  await scene.remove()
})

/** What a session may have done, one thing after the other. */
const DEEDS: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  own: ({ worktree, name }) => commit(worktree, { [`${name}.txt`]: 'new\n' }),
  clash: ({ worktree }) => commit(worktree, { 'numbers.txt': numbers(6, 'mine') }),
  beside: ({ worktree }) => commit(worktree, { 'numbers.txt': numbers(12, 'mine') }),
  // The tips merge, one commit of the way does not apply.
  detour: async ({ worktree }) => {
    await commit(worktree, { 'numbers.txt': numbers(6, 'mine') })
    await commit(worktree, { 'numbers.txt': NUMBERS.join(''), 'detour.txt': 'x\n' })
  },
  // The same change as the target's.
  same: ({ worktree }) => commit(worktree, { 'numbers.txt': numbers(6, 'theirs') }),
  nothing: ({ worktree }) => commit(worktree, {}, 'Empty'),
  'there and back': async ({ worktree }) => {
    await commit(worktree, { 'apart.txt': 'other\n' })
    await commit(worktree, { 'apart.txt': 'apart\n' })
  },
  note: ({ worktree }) => commit(worktree, { 'HANDOFF.md': '# Note\n' }),
  'loose note': ({ worktree }) => writeFile(join(worktree, 'HANDOFF.md'), '# Note\n'),
  edit: ({ worktree }) => writeFile(join(worktree, 'apart.txt'), 'edited\n'),
  'new file': ({ worktree }) => writeFile(join(worktree, 'new.txt'), 'new\n'),
  approve: ({ name }) => client.call('session.approve', { name }),
  'merge main': ({ worktree }) => run(worktree, 'merge', '--quiet', '-X', 'ours', '--no-edit', 'main').catch(() => undefined),
  'other branch': ({ worktree, name }) => run(worktree, 'switch', '--quiet', '--create', `aside-${name}`),
  'no branch': ({ worktree }) => run(worktree, 'checkout', '--quiet', '--detach'),
  'move away': ({ worktree }) => rename(worktree, `${worktree}-moved`),
  archive: ({ name }) => client.call('session.archive', { name }),
}

const MAKES = ['own', 'clash', 'beside', 'detour', 'same', 'nothing', 'there and back', 'note', 'merge main'] as const
const SPOILS = ['edit', 'new file', 'loose note', 'other branch', 'no branch', 'move away', 'archive'] as const

/** A small seeded generator (mulberry32): a failing run can be repeated. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Every deed once by itself, then mixtures that are none of those. */
const HISTORIES: readonly (readonly string[])[] = once([
  [],
  ...MAKES.map((deed) => [deed, 'approve']),
  ...SPOILS.map((deed) => ['own', 'approve', deed]),
  ['own'],
  ['own', 'approve', 'own'],
  ...Array.from({ length: 6 }, (_none, seed) => {
    const pick = dice(seed + 1)
    const some = Array.from({ length: 1 + pick(3) }, () => MAKES[pick(MAKES.length)] ?? 'own')
    const late = pick(2) === 0 ? [SPOILS[pick(SPOILS.length)] ?? 'edit'] : []
    return [...some, ...(pick(4) === 0 ? [] : ['approve']), ...late]
  }),
])

function once(histories: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(histories.map((history) => [history.join(), history])).values()]
}

type Verdict = { readonly blocked: boolean; readonly how: string }

/** Queues it and waits for what comes of that: its checks, or something before them. */
async function verdictOf(name: string): Promise<Verdict> {
  const added = await client.call('queue.add', { name })
  if (!added.ok) return { blocked: true, how: added.failure.code }
  const ended = await until(async () => {
    const entries = await value(client.call('queue.list', {}))
    const entry = entries.find((one: Entry) => one.session === name)
    return entry === undefined || entry.phase === 'blocked' || entry.phase === 'landed' ? (entry ?? null) : null
  })
  await value(client.call('queue.remove', { name }))
  return { blocked: ended.why !== 'checks', how: ended.why ?? ended.phase }
}

const KINDS_OF: Readonly<Record<string, readonly ReadinessLine['kind'][]>> = {
  conflicts: ['conflict'],
  empty: ['empty'],
  dirty: ['dirty'],
  'not-approved': ['not-approved'],
  handoff: ['handoff'],
  'worktree-missing': ['problem'],
  setup: ['problem'],
}

/** What the queue said, of all. */
const heard = new Set<string>()

/** Says where the list and the queue differ; nothing where they agree. */
async function difference(name: string, history: readonly string[]): Promise<readonly string[]> {
  const review: Review = await value(client.call('review.show', { name }))
  const blocking = review.readiness.filter(({ level }) => level === 'blocks')
  const { blocked, how } = await verdictOf(name)
  heard.add(how)
  const says = blocking.map(({ kind }) => kind)
  const agrees = blocked === blocking.length > 0 && (!blocked || (KINDS_OF[how] ?? []).some((kind) => says.includes(kind)))
  return agrees ? [] : [`${history.join(', ')}: the list says ${JSON.stringify(blocking)}, the queue ${how}`]
}

test('the list says that a session is blocked exactly where the queue then does', async () => {
  const sessions = await Promise.all(
    HISTORIES.map(async (_history, index) => {
      const session = await value(client.call('session.start', { name: `s${index}`, prompt: 'x' }))
      return value(client.call('session.stop', { name: session.name }))
    }),
  )
  // The target moves under all of them.
  await commit(scene.repository, { 'numbers.txt': numbers(6, 'theirs'), 'landed.txt': 'x\n' }, 'Landed')
  await Promise.all(
    sessions.map(async (session, index) => {
      for (const deed of HISTORIES[index] ?? []) await DEEDS[deed]?.(session)
    }),
  )
  const told: string[] = []
  for (const [index, { name }] of sessions.entries()) told.push(...(await difference(name, HISTORIES[index] ?? [])))
  // The same ones, where nobody asks for an approval.
  await value(client.call('config.set', { key: 'requireApproval', value: false }))
  for (const [index, { name }] of sessions.entries()) {
    const history = HISTORIES[index] ?? []
    if (!history.includes('approve') || history.at(-1) === 'own')
      told.push(...(await difference(name, ['no approval', ...history])))
  }
  expect(told).toEqual([])
  expect([...heard].toSorted()).toEqual(['checks', ...Object.keys(KINDS_OF).filter((how) => how !== 'setup')].toSorted())
})
