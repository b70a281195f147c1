/** Sluice started again on a scene after a fault. */

import { compose } from '../../electron/compose.ts'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import { until } from '../until.ts'
import type { Scene } from './scene.ts'

export type Again = {
  sessions(): Promise<readonly Session[]>
  /** Waits until what was begun is at its end: no process of an earlier host, nothing on its way. */
  settled(): Promise<readonly Session[]>
  /** Starts and archives one more session; gives the sentence when that is refused. */
  startOne(): Promise<string | null>
  close(): Promise<void>
}

export async function openAgain(scene: Scene): Promise<Again> {
  const faults: string[] = []
  const composed = await compose({
    dataDir: scene.dataDir,
    env: scene.env(),
    claude: scene.claude,
    version: 'test',
    log: createLog({ write: (line) => (line.includes('"level":"fault"') ? faults.push(line) : undefined) }, () => new Date()),
    screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
  })
  if (!composed.ok) throw new Error(composed.failure.message)
  const house = composed.value
  const carrier = createMemoryCarrier(house)
  const client = createClient(carrier)
  // What stands for Claude Code there never ends a turn: started again, it would be on its way for ever.
  await client.call('settings.set', { key: 'resumeWorking', value: false })
  const opened = await house.open(scene.repository)
  if (!opened.ok) throw new Error(opened.failure.message)
  house.trust()
  const sessions = async (): Promise<readonly Session[]> => {
    const answer = await client.call('session.list', {})
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  return {
    sessions,
    settled: () =>
      until(async () => {
        const now = await sessions()
        // What stands for Claude Code there never says that it has started.
        const isStarting = ({ state, pid }: Session): boolean =>
          state === 'unknown' || (state === 'starting' && pid === undefined)
        const busy = now.some((one) => isStarting(one) || one.archive?.removed === false)
        const queue = await client.call('queue.list', {})
        const working =
          queue.ok && queue.value.some(({ phase }) => ['waiting', 'rebasing', 'checking', 'landing'].includes(phase))
        return busy || working ? null : now
      }),
    async startOne() {
      const started = await client.call('session.start', { name: 'one-more', prompt: 'x' })
      if (!started.ok) return started.failure.message
      const archived = await client.call('session.archive', { name: 'one-more' })
      return archived.ok ? null : archived.failure.message
    },
    async close() {
      carrier.close()
      await house.close()
      if (faults.length > 0) throw new Error(faults.join('\n'))
    },
  }
}
