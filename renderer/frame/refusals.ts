/** Why a command cannot run now, in a sentence. Pure; the House decides again. */

import type { Entry } from '../../shared/model/queue.ts'
import { isLive, type Session } from '../../shared/model/session.ts'
import type { Shell } from '../../shared/model/shell.ts'
import type { CommandId } from '../commands/table.ts'
import { askingFor } from '../queue/asking.ts'
import { approveRefusal, landRefusal, unseenRefusal } from '../review/gates.ts'
import { isShown, type Panes } from '../state/panes.ts'
import type { View } from '../state/projection.ts'
import type { Reviewed } from '../state/reviewed.ts'
import { cascadeOf, MISSING, onItsWay, takesPrompts, verbOf } from '../state/standing.ts'

/** What commands are decided on. */
export type Facts = {
  readonly view: View
  /** The session on show, its entry in the queue and its place in the cascade, from 0. */
  readonly session: Session | null
  readonly entry: Entry | null
  readonly at: number
  /** The shell of this session that shows in the place of its Claude Code. */
  readonly shell: Shell | null
  /** The diff on show, when it is this session's. */
  readonly reviewed: Reviewed | null
  readonly panes: Panes
  /** Sessions, by id, with a stop under way. */
  readonly stopping: readonly string[]
  /** The permission, by id, that has been in sight long enough to be answered by a key. */
  readonly answerable: string | null
  /** Why nothing can be asked of the House; null while it is there. */
  readonly away: string | null
}

type Refusal = (facts: Facts) => string | null

const open: Refusal = ({ view }) => (view.repository === null ? 'Open a repository first.' : null)
const one: Refusal = (facts) => open(facts) ?? (facts.session === null ? 'There is no session yet. Start one first.' : null)

/** Adds what else must hold of the session on show. */
function ofSession(more: (session: Session, facts: Facts) => string | null): Refusal {
  return (facts) => one(facts) ?? (facts.session === null ? null : more(facts.session, facts))
}

/** The same, for what is asked of the House. */
function asked(more: (session: Session, facts: Facts) => string | null): Refusal {
  return ofSession((session, facts) => facts.away ?? more(session, facts))
}

const several = ofSession((_, { view }) => (cascadeOf(view.sessions).length < 2 ? 'There is only one session.' : null))
const shells = ofSession(({ id }, { view }) =>
  view.shells.some(({ session }) => session === id) ? null : 'It has no shell. Open one first.',
)
const seen = ofSession((_, { panes }) => (isShown(panes, 'terminal') ? null : 'Show the terminal first.'))
const house: Refusal = ({ away }) => away
const unseen = (session: Session, { reviewed, panes }: Facts): string | null =>
  isShown(panes, 'review')
    ? unseenRefusal(session, reviewed?.of ?? null)
    : 'Open its review first; nobody decides on what nobody saw.'

const withWork = ({ research, state }: Session): string | null => {
  if (research) return 'A research session changes nothing, so there is nothing to review.'
  return state === 'archived' ? 'It is archived. Restore it first.' : null
}
const commitless = ({ ahead }: Session): string | null => (ahead === 0 ? 'It has no commits of its own yet.' : null)
const reviewable = ofSession(({ research }) =>
  research ? 'A research session changes nothing, so there is nothing to review.' : null,
)

const unsentOf = ({ unsent }: Session): string | null => (unsent === undefined ? 'No prompt of it is kept.' : null)
/** By a key it is answered only once it was seen: what was meant for something else is no answer. */
const answering = ({ permission, state }: Session, { answerable }: Facts): string | null => {
  if (permission === undefined)
    return state === 'needs-permission' ? 'What it asks for is answered in its terminal.' : 'It asks for no permission.'
  return permission.id === answerable ? null : 'Look first at what it asks for; its card is over its terminal.'
}

const shownDiff = ofSession((_, { reviewed, panes }) => {
  if (!isShown(panes, 'review')) return 'Open the review first.'
  return reviewed === null || reviewed.files.length === 0 ? 'There is no diff on show.' : null
})

const REFUSALS: Readonly<Partial<Record<CommandId, Refusal>>> = {
  'session.new': open,
  sweep: open,
  'session.rename': asked(() => null),
  'session.left': asked((_, { at }) => (at <= 0 ? 'It is the first of the cascade already.' : null)),
  'session.right': asked((_, { at, view }) =>
    at >= cascadeOf(view.sessions).length - 1 ? 'It is the last of the cascade already.' : null,
  ),
  'session.next': several,
  'session.previous': several,
  'session.stop': asked((session, { stopping }) => {
    if (stopping.includes(session.id)) return 'It is being stopped.'
    return verbOf(session) === 'stop' ? null : 'It does not run.'
  }),
  'session.interrupt': asked(({ state }) => {
    if (!isLive(state)) return 'It does not run.'
    if (state === 'needs-permission' || state === 'asks') return 'It waits for your answer; there is nothing to interrupt.'
    return state === 'working' ? null : 'It does not work on anything now.'
  }),
  'session.allow': asked(answering),
  'session.deny': asked(answering),
  'session.pause': asked((session, { stopping }) => {
    if (stopping.includes(session.id)) return 'It is being stopped.'
    if (session.research) return 'A research session has no worktree for a note. Stop it; its conversation is kept.'
    if (!isLive(session.state) || session.place !== undefined) return 'It does not run.'
    return takesPrompts(session) ? null : 'It cannot be typed into, so it could write no note.'
  }),
  'session.resume': asked((session) => {
    if (session.place !== undefined) return 'It waits for room already, and starts by itself.'
    if (session.repair !== undefined && verbOf(session) === 'start-again') return MISSING
    return verbOf(session) === 'start-again' ? null : session.state === 'archived' ? 'Restore it first.' : 'It runs already.'
  }),
  'session.fork': asked(({ claudeSession }) =>
    claudeSession === undefined ? 'It has no conversation yet that another session could begin with.' : null,
  ),
  'session.archive': asked(({ state }, { entry }) => {
    if (state === 'archived') return 'It is archived already.'
    return onItsWay(entry) ? 'Remove it from the queue first.' : null
  }),
  'session.restore': asked(({ state }) => (state === 'archived' ? null : 'It is not archived.')),
  'sessions.archived': open,
  'session.import': (facts) => open(facts) ?? facts.away,
  'session.timeline': one,
  'repository.timeline': open,
  'session.send-again': asked(
    (session) => unsentOf(session) ?? (takesPrompts(session) ? null : 'It does not run; resume it first.'),
  ),
  'session.forget-prompt': asked(unsentOf),
  'session.repair': asked(({ repair }) => (repair === undefined ? 'Nothing of its worktree needs repair.' : null)),
  'session.ask-commit': asked((session) => {
    if (!takesPrompts(session)) return 'It does not run; resume it first.'
    return session.dirty ? null : 'Everything it changed is committed.'
  }),
  'session.copy-branch': one,
  'session.copy-worktree': one,
  'review.approve': asked((session, facts) => {
    if (session.approved) return 'It is approved already.'
    return approveRefusal(session, facts.entry) ?? unseen(session, facts)
  }),
  'review.unapprove': asked((session, { entry }) => {
    if (!session.approved) return 'It is not approved.'
    return onItsWay(entry) ? 'Remove it from the queue first.' : null
  }),
  'review.land': asked((session, facts) => {
    const { repository } = facts.view
    const place = { trusted: repository?.trusted ?? false, target: repository?.target?.branch ?? 'the target' }
    return landRefusal(session, facts.entry, place) ?? unseen(session, facts)
  }),
  'queue.retry': asked((_, { entry }) => (entry?.phase === 'blocked' ? null : 'It is not blocked.')),
  'queue.ask': asked((session, { entry, view }) => {
    if (entry?.phase !== 'blocked') return 'It is not blocked.'
    const target = view.repository?.target?.branch ?? 'the target'
    return askingFor(entry, session, target, view.config.checks) === null ? 'There is nothing to ask it for now.' : null
  }),
  'queue.drop-handoff': asked((session, { entry }) => {
    if (onItsWay(entry)) return 'It is on its way to land. Remove it from the queue first.'
    return withWork(session) ?? commitless(session)
  }),
  'queue.remove': asked((_, { entry }) => {
    if (entry === null || entry.phase === 'landed') return 'It is not in the queue.'
    return entry.phase === 'landing' ? 'It is landing right now.' : null
  }),
  'review.branch': one,
  'review.uncommitted': one,
  'review.looked': reviewable,
  'review.unviewed': reviewable,
  'review.sides': reviewable,
  'review.commit-next': reviewable,
  'review.commit-previous': reviewable,
  'review.about': reviewable,
  'review.readiness': reviewable,
  'review.decisions': reviewable,
  'review.answer': asked(withWork),
  'review.hand': asked((session) => withWork(session) ?? commitless(session)),
  'review.commit': asked((session) => {
    if (session.state === 'working') return 'It works right now. Wait until its turn is over, or interrupt it.'
    return withWork(session) ?? session.problem ?? (session.dirty ? null : commitless(session))
  }),
  'review.pull': asked((session) => withWork(session) ?? commitless(session)),
  'review.ask-rebase': asked((session, { entry }) => {
    if (onItsWay(entry)) return 'It is in the queue, which rebases it.'
    return withWork(session) ?? (takesPrompts(session) ? null : 'It cannot be sent a prompt now.')
  }),
  'review.reload': ofSession((_, { panes }) => (isShown(panes, 'review') ? null : 'Open the review first.')),
  'review.find': shownDiff,
  'review.next-change': shownDiff,
  'review.previous-change': shownDiff,
  'review.files': shownDiff,
  'review.filter': shownDiff,
  'review.view': shownDiff,
  'review.comment': shownDiff,
  'pane.terminal': one,
  'pane.review': one,
  'pane.queue': open,
  'pane.cascade': one,
  'pane.leave-terminal': one,
  'shell.new': asked(({ state }) =>
    state === 'archived' ? 'It is archived: its worktree is not there. Restore it first.' : null,
  ),
  'shell.close': asked((_, { shell }) => (shell === null ? 'No shell is on show: its Claude Code is.' : null)),
  'shell.next': shells,
  'shell.previous': shells,
  'pane.hide-terminal': one,
  'pane.hide-review': one,
  'pane.hide-queue': one,
  'pane.only-terminal': one,
  'pane.only-review': one,
  'terminal.find': seen,
  'terminal.copy': seen,
  'terminal.paste': seen,
  'terminal.select-all': seen,
  'terminal.clear': seen,
  'terminal.bottom': seen,
  'terminals.two': several,
  'terminals.grid': several,
  'repository.open': house,
  'repository.trust': (facts) =>
    open(facts) ?? facts.away ?? (facts.view.repository?.trusted === true ? 'It is trusted already.' : null),
  'window.theme-system': house,
  'window.theme-light': house,
  'window.theme-dark': house,
  'window.density': house,
  'window.quiet': house,
  demo: house,
}

/** Why the command cannot run now; null when it can. */
export function refused(id: CommandId, facts: Facts): string | null {
  return REFUSALS[id]?.(facts) ?? null
}
