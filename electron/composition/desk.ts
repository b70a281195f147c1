/** Everything that belongs to one open repository: its sessions and its queue. Opened with the repository, closed with it. */

import { readTotal } from '../cost/meter.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import type { Lane } from '../kit/lane.ts'
import type { Log } from '../kit/log.ts'
import { createRadar, type Radar } from '../overlap/radar.ts'
import { createQueue, type LandingQueue, type QueueStore } from '../queue/queue.ts'
import { createReviews, type Reviews, type ReviewStore } from '../review/reviews.ts'
import { copyFiles, type Copied } from '../repository/copying.ts'
import type { OpenRepository, Repositories } from '../repository/repositories.ts'
import { createArchive, type Archive } from '../sessions/archive/archive.ts'
import { findClaude } from '../sessions/claude.ts'
import { claudeConfigDir } from '../sessions/conversation.ts'
import type { SessionRecord } from '../sessions/facts.ts'
import { createPauser, type Pauser } from '../sessions/handoff/pausing.ts'
import { lastLines, readLastOutput } from '../sessions/last-output.ts'
import { createLineup, placeInLine, type Lineup } from '../sessions/lineup.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import { sparingResearch } from '../sessions/research.ts'
import { createRestarter } from '../sessions/restarting.ts'
import { createRoster, type SessionStore } from '../sessions/roster.ts'
import { createSessions, type Sessions } from '../sessions/sessions.ts'
import { clearHalfMadeSessions, createStarter, type Starter } from '../sessions/starting.ts'
import { createPorts, sessionEnvironment } from '../sessions/worktrees/ports.ts'
import { createSetups, type Setups } from '../sessions/worktrees/setups.ts'
import { createWarm } from '../sessions/worktrees/warm.ts'
import { createWorktrees, type Worktrees } from '../sessions/worktrees/worktrees.ts'
import { createShells, type Shells } from '../shells/shells.ts'
import type { SavedScreens } from '../terminals/saved-screens.ts'
import { textOfKept } from '../terminals/saved-text.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { followReviews, type FollowedReviews } from './following-reviews.ts'

export type DeskParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly log: Log
  readonly terminals: Terminals
  readonly savedScreens: Pick<SavedScreens, 'find'>
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  readonly chosenClaude: string | undefined
  readonly repositories: Repositories
  readonly sessionStore: SessionStore
  queueStore(repository: string): QueueStore
  reviewStore(repository: string): ReviewStore
  usualModel(): string | null
  /** Whether sessions that worked when Sluice ended go on by themselves. */
  resumeWorking(): boolean
  /** Whether Claude Code starts without a screen of its own. */
  classicTerminal(): boolean
}

export type Desk = {
  /** The id of its repository. */
  readonly repository: string
  readonly sessions: Sessions
  readonly queue: LandingQueue
  readonly starter: Starter
  readonly lineup: Lineup
  readonly setups: Setups
  readonly pauser: Pauser
  readonly archive: Archive
  readonly worktrees: Worktrees
  /** The last lines of a session whose Claude Code has ended. */
  output(session: LiveSession): Promise<string>
  readonly radar: Radar
  readonly reviews: Reviews
  readonly followed: FollowedReviews
  readonly clock: Clock
  /** Where Claude Code keeps its conversations. */
  readonly configDir: string
  readonly shells: Shells
  readonly lane: Lane
  /** What the user's own programs see. */
  readonly env: Readonly<Record<string, string>>
  /** What the user's own commands see in the worktree of a session. */
  environment(session: Pick<SessionRecord, 'name' | 'port'>): Record<string, string>
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
  const warm = createWarm({
    ...parts,
    repository: id,
    home,
    isBusy: () => starter.isBusy() || queue.isBusy(),
  })
  await warm.recover()
  await clearHalfMadeSessions({ ...parts, roster, home })
  const claude = (): ReturnType<typeof findClaude> => findClaude(parts.chosenClaude, env)
  const sessions: Sessions = await createSessions({
    ...parts,
    roster,
    home,
    claude,
    meter: readTotal,
    placeInLine: (session) => placeInLine(roster.all(), session),
  })
  const lineup = createLineup({ ...parts, roster, sessions, home })
  const copyInto = (into: string, signal: AbortSignal): Promise<Copied> => {
    const { checkout, config } = home()
    return copyFiles(parts.git, { from: checkout, into, patterns: config.copy, signal })
  }
  const setups = createSetups({ ...parts, sessions, home })
  const ports = createPorts(() => roster.all())
  const starter = createStarter({
    ...parts,
    roster,
    sessions,
    lineup,
    home,
    claude,
    copyInto,
    setups,
    ports,
    claimWarm: warm.claim,
  })
  const shells = createShells(parts)
  sessions.onGone((session) => void shells.endAll(session).catch((error: unknown) => log.fault(error)))
  const worktreeArchive = createArchive({
    ...parts,
    roster,
    sessions,
    home,
    copyInto,
    setups,
    landing: (session) => queue.holds(session),
    endShells: shells.endAll,
  })
  const archive = sparingResearch(worktreeArchive, { sessions, clock: parts.clock, endShells: shells.endAll })
  const pauser = createPauser({ ...parts, roster, sessions, home, entry: (session) => queue.entry(session) })
  const worktrees = createWorktrees({ ...parts, roster, sessions, home, ports, copyInto, isOurs: warm.isOurs })
  const restarter = createRestarter({ ...parts, roster, sessions, lineup, home })
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
  const reviews = createReviews(parts.reviewStore(id))
  sessions.onGone((session) => reviews.forget(session))
  const configDir = claudeConfigDir(env)
  const followed = followReviews({ ...parts, sessions, reviews, configDir, repository: () => home().checkout })
  const radar = createRadar({
    ...parts,
    subject() {
      const { checkout, target } = home()
      const members = sessions.list().filter(({ state, research }) => state !== 'archived' && !research)
      return { checkout, target: target?.head ?? null, members }
    },
  })
  sessions.onChange(() => radar.poke())
  sessions.onGone(() => radar.poke())
  const unfollow = repositories.onChange(() => {
    radar.poke()
    lineup.poke()
    warm.poke()
  })
  warm.poke()
  radar.poke()
  void worktrees.relock().catch((error: unknown) => log.fault(error))
  void archive.recover().catch((error: unknown) => log.fault(error))
  void restarter
    .recover()
    .catch((error: unknown) => log.fault(error))
    .then(() => lineup.open())
  return {
    repository: id,
    sessions,
    queue,
    starter,
    lineup,
    setups,
    pauser,
    archive,
    worktrees,
    async output({ id: session }) {
      const printed = await readLastOutput(parts.dataDir, session)
      if (parts.terminals.get(session) !== undefined) return printed?.text ?? ''
      const kept = await parts.savedScreens.find(session)
      return lastLines(kept === null ? null : { at: kept.at, text: textOfKept(kept.bytes) }, printed)
    },
    radar,
    reviews,
    followed,
    clock: parts.clock,
    configDir,
    shells,
    env,
    lane: parts.lane,
    environment: (session) => sessionEnvironment(env, parts.dataDir, session),
    async close() {
      unfollow()
      // What does not hear the hang-up takes a while: nothing else waits for it.
      const shut = shells.shut().catch((error: unknown) => void log.fault(error))
      await followed.close()
      await radar.close()
      await restarter.close()
      await lineup.close()
      await setups.close()
      await starter.close()
      await warm.close()
      await archive.close()
      await queue.close()
      await sessions.close()
      await shut
    },
  }
}
