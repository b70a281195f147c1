/** Everything that belongs to one open repository: its sessions and its queue. Opened with the repository, closed with it. */

import { readTotal } from '../cost/meter.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import type { Lane } from '../kit/lane.ts'
import type { Log } from '../kit/log.ts'
import { createRadar, type Radar } from '../overlap/radar.ts'
import { createQueue, type LandingQueue, type QueueStore } from '../queue/queue.ts'
import { copyFiles, type Copied } from '../repository/copying.ts'
import type { OpenRepository, Repositories } from '../repository/repositories.ts'
import { findClaude } from '../sessions/claude.ts'
import { createRoster, type SessionStore } from '../sessions/roster.ts'
import { createSessions, type Sessions } from '../sessions/sessions.ts'
import { clearHalfMadeSessions, createStarter, type Starter } from '../sessions/starting.ts'
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
  usualModel(): string | null
}

export type Desk = {
  /** The id of its repository. */
  readonly repository: string
  readonly sessions: Sessions
  readonly queue: LandingQueue
  readonly starter: Starter
  readonly radar: Radar
  close(): Promise<void>
}

export async function openDesk(parts: DeskParts, repository: OpenRepository): Promise<Desk> {
  const { repositories, env, log } = parts
  const { id } = repository.record
  let last = repository
  /** Its own repository as it is now, also when another one has been opened meanwhile. */
  const home = (): OpenRepository => {
    const current = repositories.current()
    if (current?.record.id === id) last = current
    return last
  }
  const roster = createRoster(parts.sessionStore, id)
  await clearHalfMadeSessions({ ...parts, roster, home })
  const claude = (): ReturnType<typeof findClaude> => findClaude(parts.chosenClaude, env)
  const sessions = await createSessions({ ...parts, roster, home, claude, meter: readTotal })
  const copyInto = (into: string, signal: AbortSignal): Promise<Copied> => {
    const { checkout, config } = home()
    return copyFiles(parts.git, { from: checkout, into, patterns: config.copy, signal })
  }
  const starter = createStarter({ ...parts, roster, sessions, home, claude, copyInto })
  const queue = createQueue({
    ...parts,
    store: parts.queueStore(id),
    repository: home,
    copyInto,
    cascade: () => roster.all().map((record) => record.id),
    session: (session) => roster.byId(session),
    refreshTarget: () => repositories.readTargetHead(),
    landed() {
      repositories.readTargetHead().then(
        () => sessions.poke(),
        (error: unknown) => log.fault(error),
      )
    },
  })
  const radar = createRadar({
    ...parts,
    subject() {
      const { checkout, target } = home()
      const members = sessions.list().filter(({ state }) => state !== 'archived')
      return { checkout, target: target?.head ?? null, members }
    },
  })
  sessions.onChange(() => radar.poke())
  sessions.onGone(() => radar.poke())
  const unfollow = repositories.onChange(() => radar.poke())
  radar.poke()
  return {
    repository: id,
    sessions,
    queue,
    starter,
    radar,
    async close() {
      unfollow()
      await radar.close()
      await starter.close()
      await queue.close()
      await sessions.close()
    },
  }
}
