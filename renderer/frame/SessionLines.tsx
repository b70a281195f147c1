/** What the menu of a session offers: the same behind its “…” button and over its tab. Every line is a command. */

import type { Session } from '../../shared/model/session.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { MenuLines, type MenuGroups, type MenuLine } from '../design/Menu.tsx'
import { usePanes } from '../state/panes.ts'
import { useReview } from '../state/reviewed.ts'
import { verbOf } from '../state/standing.ts'
import { useHouse, useSettings, useWindow } from '../state/store.ts'
import { COMMAND_ICONS } from './command-icons.tsx'
import { refused, type Facts } from './refusals.ts'
import { factsNow, goToSession, run } from './run-command.ts'

/** A command, what it is called in a menu, and what comes of it. */
export type Shown = readonly [id: CommandId, label: string, hint?: string]

const GO: readonly Shown[] = [
  ['pane.terminal', 'Go to the terminal'],
  ['shell.new', 'New shell'],
  ['pane.review', 'Review'],
  ['session.rename', 'Rename…'],
  ['session.left', 'Move left'],
  ['session.right', 'Move right'],
]
const APPROVE: Shown = ['review.approve', 'Approve']
const UNAPPROVE: Shown = ['review.unapprove', 'Withdraw the approval']
const LAND: Shown = ['review.land', 'Approve and land']
const RETRY: Shown = ['queue.retry', 'Retry landing']
const REMOVE: Shown = ['queue.remove', 'Remove from the queue']
const COPY: readonly Shown[] = [
  ['session.copy-branch', 'Copy branch name'],
  ['session.copy-worktree', 'Copy worktree path'],
]
const INTERRUPT: Shown = ['session.interrupt', 'Interrupt', 'Ends the turn that runs, as Esc does.']
const PAUSE: Shown = ['session.pause', 'Pause', 'It writes HANDOFF.md first, then it is stopped.']
const STOP: Shown = ['session.stop', 'Stop', 'Ends Claude Code; its conversation is kept.']
const RESUME: Shown = ['session.resume', 'Resume', 'Goes on with its conversation.']
const BRANCH_OFF: readonly Shown[] = [
  ['session.fork', 'Fork…'],
  ['session.timeline', 'Timeline…'],
]
const ARCHIVE: Shown = ['session.archive', 'Archive…']

/** What can be done about its process. */
function running({ session }: Facts): readonly Shown[] {
  const verb = session === null ? null : verbOf(session)
  const verbs = verb === 'stop' ? [INTERRUPT, PAUSE, STOP] : verb === null ? [] : [RESUME]
  if (session?.repair === undefined) return verbs
  return [['session.repair', session.repair === 'adopt' ? 'Go on where its worktree is now' : 'Recreate the worktree'], ...verbs]
}

function landing({ session, entry }: Facts): readonly Shown[] {
  if (session?.research === true) return []
  const verdict = session?.approved === true ? UNAPPROVE : APPROVE
  if (entry === null || entry.phase === 'landed') return [verdict, LAND]
  return entry.phase === 'blocked' ? [verdict, LAND, RETRY, REMOVE] : [verdict, REMOVE]
}

type CommandLines = {
  readonly facts: Facts & { readonly session: Session }
  readonly line: (shown: Shown) => MenuLine
}

/** The way to draw commands of a session, by id, as lines of a menu; they follow what changes while it is open. Null: it is gone. */
export function useCommandLines(id: string): CommandLines | null {
  const { shortcuts } = useSettings()
  useHouse()
  useWindow()
  usePanes()
  useReview()
  const facts = factsNow(id)
  if (facts === null || facts.session === null) return null
  const { session } = facts
  const line = ([command, label, hint]: Shown): MenuLine => {
    const keys = keysOf(command, shortcuts)[0]
    return {
      label,
      icon: COMMAND_ICONS[command],
      ...(hint === undefined ? {} : { hint }),
      keys: keys === undefined ? undefined : signsOf(keys),
      refused: refused(command, facts),
      onPick: () => {
        goToSession(id)
        run(command, id)
      },
    }
  }
  return { facts: { ...facts, session }, line }
}

/** Draws the lines of a session, by id. */
export function SessionLines({ id }: { readonly id: string }) {
  const lines = useCommandLines(id)
  if (lines === null) return null
  const { facts, line } = lines
  const groups: MenuGroups = [
    GO.map(line),
    landing(facts).map(line),
    running(facts).map(line),
    [...BRANCH_OFF, ARCHIVE].map(line),
    facts.session.research ? [] : COPY.map(line),
  ]
  return <MenuLines groups={groups} />
}
