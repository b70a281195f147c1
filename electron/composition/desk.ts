/** Everything that belongs to one open repository: its sessions and its queue. Opened with the repository, closed with it. */

import { readTotal } from '../cost/meter.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import type { Lane } from '../kit/lane.ts'
import type { Log } from '../kit/log.ts'
import { createQueue, type LandingQueue, type QueueStore } from '../queue/queue.ts'
import type { OpenRepository, Repositories } from '../repository/repositories.ts'
import { createRoster, type SessionStore } from '../sessions/roster.ts'
import { createSessions, type Sessions } from '../sessions/sessions.ts'
import { createStarter } from '../sessions/starting.ts'
import type { Terminals } from '../terminals/terminals.ts'

export type DeskParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly log: Log
  readonly terminals: Terminals
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  readonly chosenClaude: string | undefined
  readonly repositories: Repositories
  readonly sessionStore: SessionStore
  queueStore(repository: string): QueueStore
}

export type Desk = {
  readonly sessions: Sessions
  readonly queue: LandingQueue
  readonly start: ReturnType<typeof createStarter>
  close(): Promise<void>
}

export function openDesk(parts: DeskParts, repository: OpenRepository): Desk {
  const { repositories } = parts
  const home = (): OpenRepository => repositories.current() ?? repository
  const roster = createRoster(parts.sessionStore, repository.record.id)
  const sessions = createSessions({ ...parts, roster, home, meter: readTotal })
  const queue = createQueue({
    ...parts,
    store: parts.queueStore(repository.record.id),
    repository: home,
    cascade: () => roster.all().map((record) => record.id),
    session: (id) => roster.byId(id),
    targetHead: () => repositories.readTargetHead(),
    landed() {
      void repositories.readTargetHead().then(() => sessions.poke())
    },
  })
  return {
    sessions,
    queue,
    start: createStarter({ ...parts, roster, sessions, home }),
    async close() {
      await queue.close()
      await sessions.close()
    },
  }
}
