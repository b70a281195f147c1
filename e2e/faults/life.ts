/** One session's life, asked of a House as a user would: made, worked in, archived, restored, landed. Says what must never be lost. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '../../shared/client.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Result } from '../../shared/result.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'

/** Something that was made and must be found again: a commit, or the text of a file. */
export type Precious = { readonly kind: 'commit' | 'text'; readonly what: string }

export type Life = {
  readonly client: Client
  /** Git as the session's own agent runs it. */
  readonly env: Readonly<Record<string, string>>
  say(precious: Precious): void
  /** Called when a call is refused; the life goes on with a second try when it gives true. */
  again(message: string): Promise<boolean>
}

/** Gives the value, after a second try where that is wanted. */
export async function insist<Value>(life: Life, call: () => Promise<Result<Value>>): Promise<Value> {
  const first = await call()
  if (first.ok) return first.value
  if (!(await life.again(first.failure.message))) throw new Error(first.failure.message)
  const second = await call()
  if (second.ok) return second.value
  throw new Error(`Also the second time: ${second.failure.message}`)
}

async function commit({ env, say, again }: Life, { worktree }: Session, message: string): Promise<void> {
  const tryIt = async (): Promise<void> => {
    await git(env, worktree, 'add', '--all')
    // The user may have taken away what there was to commit.
    await git(env, worktree, 'commit', '--quiet', '--allow-empty', `--message=${message}`)
  }
  await tryIt().catch(async (error: unknown) => {
    // What Sluice did went by without a refusal; the agent is the first to meet the full disk.
    if (!String(error).includes('No space left') || !(await again('The agent’s own git found no room.'))) throw error
    await tryIt()
  })
  say({ kind: 'commit', what: await git(env, worktree, 'rev-parse', 'HEAD') })
}

async function work(life: Life, session: Session): Promise<void> {
  await writeFile(join(session.worktree, 'feature.txt'), 'the feature\n')
  await commit(life, session, 'Feature')
  await writeFile(join(session.worktree, 'feature.txt'), 'the feature, bettered\n')
  await writeFile(join(session.worktree, 'notes.txt'), 'a note that nobody committed\n')
  life.say({ kind: 'text', what: 'the feature, bettered' })
  life.say({ kind: 'text', what: 'a note that nobody committed' })
}

async function landed(life: Life, name: string): Promise<Entry> {
  let looks = 0
  const look = async (): Promise<Entry | null> => {
    const entries = await insist(life, () => life.client.call('queue.list', {}))
    const entry = entries.find((one) => one.session === name)
    looks += 1
    // Nothing could even be refused: the user sees that it does not move, and makes room.
    if (entry?.phase !== 'blocked' && looks === 60) await life.again('It does not move.')
    if (entry?.phase !== 'blocked') return entry?.phase === 'landed' ? entry : null
    if (!(await life.again(entry.message ?? 'blocked'))) throw new Error(entry.message)
    await insist(life, () => life.client.call('queue.retry', { name }))
    return null
  }
  // The queue rests a while where it could keep nothing.
  return until(look).catch(() => until(look))
}

/** Plays it to its end; throws with the sentence of the refusal that ended it. */
export async function live(life: Life, name = 'a'): Promise<void> {
  const { client } = life
  const session = await insist(life, () => client.call('session.start', { name, prompt: 'x' }))
  await work(life, session)
  await insist(life, () => client.call('session.archive', { name }))
  const restored = await insist(life, () => client.call('session.restore', { name }))
  await commit(life, restored, 'The rest')
  await insist(life, () => client.call('session.approve', { name }))
  await insist(life, () => client.call('queue.add', { name }))
  await landed(life, name)
  await insist(life, () => client.call('session.archive', { name }))
}
