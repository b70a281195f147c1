/** A House that is not there: answers calls from a scene, streams a little, loses the line when told. For looking only. */

import type { Carrier, CarrierListener } from '../../shared/client.ts'
import type { CallName, Change, Snapshot } from '../../shared/contract.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { decodeFrame, encodeFrame } from '../../shared/frames.ts'
import { DIFF, LOG, PATCH, SCREEN, session } from './fixtures.ts'

const ok = (value: unknown): unknown => ({ ok: true, value })
const refuse = (code: string, message: string, detail?: unknown): unknown => ({ ok: false, failure: { code, message, detail } })

/** Takes a scene; gives a carrier that `window.sluice` may hold. */
export function fakeCarrier(name: string, scene: Snapshot): Carrier & { lose(): void } {
  const listeners = new Set<CarrierListener>()
  let seq = scene.seq
  let last = session(90, 'x')
  const tell = (change: Change): void => {
    seq += 1
    for (const listener of listeners) listener.changes({ first: seq, changes: [change] })
  }
  const answer = (call: CallName, params: Record<string, unknown>): unknown => {
    switch (call) {
      case 'hello':
        return ok({ ...scene, seq })
      case 'diff.files':
        return ok(params['of'] === 'branch' ? DIFF : { ...DIFF, files: [] })
      case 'diff.patch':
        return ok({ patch: params['of'] === 'branch' ? PATCH : '', truncated: false, head: DIFF.head })
      case 'queue.log':
        return ok({ text: LOG, truncated: false })
      case 'session.start':
        if (params['name'] === 'fails')
          return refuse('no-claude', 'Claude Code was not found. Install it, or give its path with --claude.')
        if (params['name'] === 'many')
          return refuse(
            'too-many',
            '3 sessions run already, and the limit is 3. Stop one (its conversation is kept), or raise “Sessions at once” in the settings (maxSessions).',
          )
        last = session(last.order + 1, String(params['name']), { id: `s${last.order + 1}`, state: 'starting' })
        tell({ kind: 'session', session: last })
        return ok(last)
      case 'session.approve':
      case 'session.unapprove': {
        if (name === 'fault')
          return refuse('fault', 'Something went wrong inside Sluice. Nothing was changed.', { id: 'f-7d21c09e' })
        const found = scene.sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        const changed = { ...found, approved: call === 'session.approve' }
        tell({ kind: 'session', session: changed })
        return ok(changed)
      }
      case 'session.stop': {
        const found = scene.sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        const stopped = { ...found, state: 'exited' as const, exit: { code: 143, signal: null } }
        tell({ kind: 'session', session: stopped })
        return ok(stopped)
      }
      case 'session.send':
        return ok(scene.sessions.find((one) => one.name === params['name']))
      case 'queue.add': {
        const entry: Entry = { session: String(params['name']), phase: 'waiting', since: new Date().toISOString() }
        tell({ kind: 'queue', entries: [...scene.queue, entry] })
        return ok(entry)
      }
      case 'config.set':
        return params['key'] === 'maxSessions' && typeof params['value'] !== 'number'
          ? refuse('bad-value', 'Sessions at once must be a whole number from 1 to 16.')
          : ok(scene.config)
      case 'repository.open':
        return refuse(
          'not-a-repository',
          `“${String(params['path'])}” is not a git repository. Choose a folder that has a .git in it.`,
        )
      default:
        return refuse('unreadable', 'This House is only painted.')
    }
  }
  /** Some answers take their time, so that what is said meanwhile can be looked at. */
  const SLOW: ReadonlySet<string> = new Set(['session.stop', 'queue.add', 'session.send'])
  return {
    call: async (call, params) => {
      if (SLOW.has(call)) await new Promise((resolve) => window.setTimeout(resolve, 1500))
      return answer(call, params as Record<string, unknown>)
    },
    post: (bytes) => {
      const frame = decodeFrame(bytes)
      if (frame?.kind !== 'attach') return
      const screen = encodeFrame({
        kind: 'screen',
        terminal: frame.terminal,
        cols: frame.cols,
        rows: frame.rows,
        bytes: new TextEncoder().encode(SCREEN),
      })
      window.setTimeout(() => listeners.forEach((listener) => listener.frame(screen)), 10)
      if (name !== 'ended') return
      const exit = encodeFrame({ kind: 'exit', terminal: frame.terminal, code: 143, signal: null })
      window.setTimeout(() => listeners.forEach((listener) => listener.frame(exit)), 20)
    },
    listen: (listener) => {
      listeners.add(listener)
      listener.status('open')
      window.setTimeout(() => {
        for (const line of [' ✓ test/search/rank.test.ts (31 tests) 203ms\n', ' ❯ test/checkout/total.test.ts 4/9\n']) {
          if (scene.queue.some((entry) => entry.phase === 'checking')) tell({ kind: 'check-output', session: 'docs', text: line })
        }
      }, 400)
      return () => void listeners.delete(listener)
    },
    lose: () => listeners.forEach((listener) => listener.status('lost')),
  }
}
