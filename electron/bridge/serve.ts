/** Look up → parse → delegate → fence. The only place that catches everything. */

import { calls, type Answer, type CallName, type ParsedParams, type Reply } from '../../shared/contract.ts'
import { diskRefusal } from '../kit/disk-refusal.ts'
import type { Log } from '../kit/log.ts'
import type { Feed } from './feed.ts'
import type { Connection, Peer } from './house.ts'

export type Handlers = { readonly [Name in CallName]: (params: ParsedParams<Name>) => Promise<Answer<Name>> | Answer<Name> }

/** What the bridge needs of the terminals: one viewer per peer. */
export type Viewers = {
  viewer(send: (bytes: Uint8Array<ArrayBuffer>) => void): { frame(bytes: Uint8Array): void; close(): void }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name)
}

function refused(code: string, message: string): Reply {
  return { ok: false, failure: { code, message } }
}

/** Takes what answers the calls; gives a way for a peer to connect. A reply always comes: a fault in a handler is logged and named. */
export function createBridge(parts: {
  readonly handlers: Handlers
  readonly viewers: Viewers
  readonly feed: Feed
  readonly log: Log
}): {
  connect(peer: Peer): Connection
} {
  const { handlers, viewers, feed, log } = parts

  async function delegate<Name extends CallName>(name: Name, raw: unknown): Promise<Reply> {
    const parsed = calls[name].params.safeParse(raw)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`
      return refused(
        'bad-request',
        `“${name}” was asked with something it does not take${where}: ${issue?.message ?? 'not valid'}.`,
      )
    }
    const answer = await handlers[name](parsed.data as ParsedParams<Name>)
    return answer.ok ? { ok: true, value: answer.value } : { ok: false, failure: answer.failure }
  }

  return {
    connect(peer) {
      const unlisten = feed.listen((batch) => peer.changes(batch))
      const viewer = viewers.viewer((bytes) => peer.frame(bytes))
      return {
        async call(name, params) {
          if (!isCallName(name)) return refused('bad-request', `There is no call “${name.slice(0, 100)}”.`)
          try {
            return await delegate(name, params)
          } catch (error) {
            const id = log.fault(error, { call: name })
            const message =
              diskRefusal(error) ??
              `Something went wrong inside Sluice (${id}). Nothing was half done on purpose; the log has the details.`
            return { ok: false, failure: { code: 'fault', message, detail: { id } } }
          }
        },
        frame: (bytes) => viewer.frame(bytes),
        close() {
          unlisten()
          viewer.close()
        },
      }
    },
  }
}
