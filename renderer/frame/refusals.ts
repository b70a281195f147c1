/** Why a command cannot run now, in a sentence. Pure; the House decides again. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import type { CommandId } from '../commands/table.ts'
import { askingFor } from '../queue/asking.ts'
import { approveRefusal, landRefusal, unseenRefusal } from '../review/gates.ts'
import { isShown, type Panes } from '../state/panes.ts'
import type { View } from '../state/projection.ts'
import type { Reviewed } from '../state/reviewed.ts'
import { onItsWay, takesPrompts, verbOf } from '../state/standing.ts'

/** What commands are decided on. */
export type Facts = {
  readonly view: View
  /** The session on show, its entry in the queue and its place in the cascade, from 0. */
  readonly session: Session | null
  readonly entry: Entry | null
  readonly at: number
  /** The diff on show, when it is this session's. */
  readonly reviewed: Reviewed | null
  readonly panes: Panes
  /** Sessions, by id, with a stop under way. */
  readonly stopping: readonly string[]
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

const several = ofSession((_, { view }) => (view.sessions.length < 2 ? 'There is only one session.' : null))
const house: Refusal = ({ away }) => away
const unseen = (session: Session, { reviewed, panes }: Facts): string | null =>
  isShown(panes, 'review')
    ? unseenRefusal(session, reviewed?.of ?? null)
    : 'Open its review first; nobody decides on what nobody saw.'

const REFUSALS: Readonly<Partial<Record<CommandId, Refusal>>> = {
  'session.new': open,
  sweep: open,
  'session.rename': asked(() => null),
  'session.left': asked((_, { at }) => (at <= 0 ? 'It is the first of the cascade already.' : null)),
  'session.right': asked((_, { at, view }) => (at >= view.sessions.length - 1 ? 'It is the last of the cascade already.' : null)),
  'session.next': several,
  'session.previous': several,
  'session.stop': asked((session, { stopping }) => {
    if (stopping.includes(session.id)) return 'It is being stopped.'
    return verbOf(session) === 'stop' ? null : 'It does not run.'
  }),
  'session.resume': asked((session) => (verbOf(session) === 'start-again' ? null : 'It runs already.')),
  'session.ask-commit': asked((session) => {
    if (!takesPrompts(session)) return 'It does not run; start it again first.'
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
  'queue.remove': asked((_, { entry }) => {
    if (entry === null || entry.phase === 'landed') return 'It is not in the queue.'
    return entry.phase === 'landing' ? 'It is landing right now.' : null
  }),
  'review.branch': one,
  'review.uncommitted': one,
  'review.reload': ofSession((_, { panes }) => (isShown(panes, 'review') ? null : 'Open the review first.')),
  'pane.terminal': one,
  'pane.review': one,
  'pane.queue': open,
  'pane.cascade': one,
  'pane.leave-terminal': one,
  'pane.hide-terminal': one,
  'pane.hide-review': one,
  'pane.hide-queue': one,
  'pane.only-terminal': one,
  'pane.only-review': one,
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
