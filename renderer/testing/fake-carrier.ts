/** A House that is not there: answers calls from a scene, streams a little, loses the line when told. For looking only. */

import type { Carrier, CarrierListener } from '../../shared/client.ts'
import type { CallName, Change, Snapshot } from '../../shared/contract.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { decodeFrame, encodeFrame } from '../../shared/frames.ts'
import { baseLook, eventsBefore, LEAVINGS, WORKTREES } from './archive-scenes.ts'
import { FOLDERS, FOUND, NOTHING_FOUND } from './finds.ts'
import { DIFF, session } from './fixtures.ts'
import { lived } from './lifecycle-scenes.ts'
import { LOG, SCREEN } from './terminal-texts.ts'
import { PATCH } from './patch-text.ts'
import { saidOfWork } from './review-scenes.ts'
import { matchPaths, PATHS } from './paths.ts'

const NOTHING_LEFT = { commits: 0, uncommitted: [], ignored: [], ignoredBytes: 0, ignoredCount: 0, running: false }

const ok = (value: unknown): unknown => ({ ok: true, value })
const refuse = (code: string, message: string, detail?: unknown): unknown => ({ ok: false, failure: { code, message, detail } })

/** Takes a scene; gives a carrier that `window.sluice` may hold. */
export function fakeCarrier(name: string, scene: Snapshot): Carrier & { tell(change: Change): void; lose(): void; back(): void } {
  const listeners = new Set<CarrierListener>()
  let seq = scene.seq
  let { settings, config } = scene
  let last = session(90, 'x')
  let sessions = [...scene.sessions].sort((a, b) => a.order - b.order)
  const tell = (change: Change): void => {
    if (change.kind === 'session') {
      const others = sessions.filter((one) => one.id !== change.session.id)
      sessions = [...others, change.session].sort((a, b) => a.order - b.order)
    }
    seq += 1
    for (const listener of listeners) listener.changes({ first: seq, changes: [change] })
  }
  const answer = (call: CallName, params: Record<string, unknown>): unknown => {
    switch (call) {
      case 'hello':
        return ok({ ...scene, settings, config, sessions, seq })
      case 'diff.files':
        if (params['of'] === 'looked') return ok({ ...DIFF, files: DIFF.files.slice(0, 2) })
        return ok(params['of'] === 'branch' ? DIFF : { ...DIFF, files: [] })
      case 'diff.patch':
        return ok({ patch: params['of'] === 'branch' ? PATCH : '', truncated: false, head: DIFF.head })
      case 'queue.log':
        return ok({ text: LOG, truncated: false })
      case 'session.start':
        if (params['name'] === 'fails')
          return refuse('no-claude', 'Claude Code was not found. Install it, or give its path with --claude.')
        if (params['name'] === 'taken')
          return refuse('branch-exists', 'There is a branch “sluice/taken” already. Choose another name, or delete the branch.')
        last = session(last.order + 1, String(params['name']), { id: `s${last.order + 1}`, state: 'starting' })
        tell({ kind: 'session', session: last })
        return ok(last)
      case 'session.approve':
      case 'session.unapprove': {
        if (name === 'fault')
          return refuse('fault', 'Something went wrong inside Sluice. Nothing was changed.', { id: 'f-7d21c09e' })
        const found = sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        const changed = { ...found, approved: call === 'session.approve' }
        tell({ kind: 'session', session: changed })
        return ok(changed)
      }
      case 'session.stop': {
        const found = sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        const stopped = { ...found, state: 'exited' as const, exit: { code: 143, signal: null } }
        tell({ kind: 'session', session: stopped })
        return ok(stopped)
      }
      case 'session.answer':
      case 'session.interrupt':
      case 'session.forget-prompt':
      case 'session.pause':
      case 'session.resume':
      case 'session.repair': {
        const found = sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        if (call === 'session.answer' && found.permission?.id !== params['permission'])
          return refuse('answered', 'It was answered already.')
        const after = lived(found, call)
        tell({ kind: 'session', session: after })
        return ok(after)
      }
      case 'session.output':
        return ok({ text: 'Error: write EPIPE\n    at afterWriteDispatched (node:internal/stream_base_commons:159:15)\n' })
      case 'session.leavings':
        if (params['name'] === 'docs')
          return ok({ ...NOTHING_LEFT, refusal: '“docs” is in the landing queue. Remove it from there first.' })
        if (params['name'] === 'cart-api') return ok(NOTHING_LEFT)
        return ok(LEAVINGS)
      case 'session.archive':
      case 'session.restore': {
        const found = sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        const { archive: _, ...rest } = found
        const changed =
          call === 'session.restore'
            ? { ...rest, state: 'exited' as const }
            : { ...rest, state: 'archived' as const, archive: { at: new Date().toISOString(), removed: true } }
        tell({ kind: 'session', session: changed })
        return ok(changed)
      }
      case 'session.fork':
        if (params['to'] === 'fails') return refuse('no-conversation', 'It has no conversation yet. Send it a prompt first.')
        last = session(last.order + 1, String(params['to']), { id: `s${last.order + 1}`, state: 'starting' })
        tell({ kind: 'session', session: last })
        return ok(last)
      case 'worktree.list':
        return ok(name === 'bare' ? [] : WORKTREES)
      case 'base.look':
        return params['from'] === 'nowhere'
          ? refuse('bad-ref', 'There is no branch, tag or commit “nowhere”.')
          : ok(baseLook(String(params['from'] ?? '')))
      case 'base.complete':
        return ok(['main', 'maintenance', 'release/1.2', 'v1.2.0'].filter((ref) => ref.startsWith(String(params['text']))))
      case 'events.list':
        return ok(eventsBefore(Number(params['before']), Number(params['limit']), params['session'], params['kinds']))
      case 'session.move': {
        const moving = sessions.find((one) => one.name === params['name'])
        if (moving === undefined) return refuse('no-session', 'There is no such session.')
        const rest = sessions.filter((one) => one !== moving)
        rest.splice(Number(params['to']) - 1, 0, moving)
        sessions = rest.map((one, at) => ({ ...one, order: at + 1 }))
        for (const moved of sessions) tell({ kind: 'session', session: moved })
        return ok(sessions)
      }
      case 'session.rename': {
        const found = sessions.find((one) => one.name === params['name'])
        if (found === undefined) return refuse('no-session', 'There is no such session.')
        if (params['to'] === 'taken') return refuse('name-taken', 'There is a session “taken” already. Choose another name.')
        const renamed = { ...found, name: String(params['to']) }
        tell({ kind: 'session', session: renamed })
        return ok(renamed)
      }
      case 'session.send':
        return ok(sessions.find((one) => one.name === params['name']))
      case 'queue.add': {
        const entry: Entry = { session: String(params['name']), phase: 'waiting', since: new Date().toISOString() }
        tell({ kind: 'queue', entries: [...scene.queue, entry] })
        return ok(entry)
      }
      case 'settings.set': {
        settings = { ...settings, [String(params['key'])]: params['value'] }
        tell({ kind: 'settings', settings })
        return ok(settings)
      }
      case 'config.set': {
        if (params['key'] === 'worktrees' && params['value'] === '/nowhere')
          return refuse('bad-value', 'The folder “/nowhere” is not there. Make it, or choose another one.')
        config = {
          ...config,
          [String(params['key'])]: params['key'] === 'target' ? (params['value'] ?? 'main') : params['value'],
        }
        tell({ kind: 'config', config })
        return ok(config)
      }
      case 'scope.match':
        return ok(matchPaths(params['scope'] as readonly string[]))
      case 'scope.complete':
        return ok(PATHS.filter((path) => path.startsWith(String(params['text']))).slice(0, 20))
      case 'repository.look':
        return ok(name === 'bare' ? NOTHING_FOUND : FOUND)
      case 'repository.trust':
        tell({ kind: 'repository', repository: scene.repository && { ...scene.repository, trusted: true }, config: scene.config })
        return ok({ ...scene.repository, trusted: true })
      case 'folder.list':
        return ok(FOLDERS)
      case 'demo.start':
        return name === 'first'
          ? refuse('no-demo', 'This build of Sluice has no demo in it. Start it from a checkout to watch it.')
          : ok({ url: 'http://127.0.0.1:7777/?token=demo' })
      case 'repository.open':
        return refuse(
          'not-a-repository',
          `“${String(params['path'])}” is not a git repository. Choose a folder that has a .git in it.`,
        )
      default: {
        const said = saidOfWork(
          call,
          sessions.find((one) => one.name === params['name']),
        )
        return said === undefined ? refuse('unreadable', 'This House is only painted.') : ok(said)
      }
    }
  }
  /** Some answers take their time, so that what is said meanwhile can be looked at. */
  const SLOW: ReadonlySet<string> = new Set(['session.start', 'session.stop', 'queue.add', 'session.send', 'demo.start'])
  return {
    call: async (call, params) => {
      if (SLOW.has(call)) await new Promise((resolve) => window.setTimeout(resolve, 1500))
      return answer(call, params as Record<string, unknown>)
    },
    post: (bytes) => {
      const frame = decodeFrame(bytes)
      if (frame?.kind === 'input') {
        // What is typed shows, as in a terminal where a program repeats it.
        const echo = encodeFrame({ kind: 'data', terminal: frame.terminal, bytes: frame.bytes })
        listeners.forEach((listener) => listener.frame(echo))
      }
      if (frame?.kind === 'resize' || frame?.kind === 'claim') {
        const size = encodeFrame({ ...frame, kind: 'size', answers: true })
        listeners.forEach((listener) => listener.frame(size))
      }
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
      if (name !== 'arriving') listener.status('open')
      window.setTimeout(() => {
        for (const line of [' ✓ test/search/rank.test.ts (31 tests) 203ms\n', ' ❯ test/checkout/total.test.ts 4/9\n']) {
          if (scene.queue.some((entry) => entry.phase === 'checking')) tell({ kind: 'check-output', session: 'docs', text: line })
        }
      }, 400)
      return () => void listeners.delete(listener)
    },
    tell,
    lose: () => listeners.forEach((listener) => listener.status('lost')),
    back: () => listeners.forEach((listener) => listener.status('open')),
  }
}
