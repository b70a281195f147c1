/** What the menu of a session offers: the same behind its “…” button and over its tab. Every line is a command. */

import {
  ArrowLeft,
  ArrowRight,
  Check,
  CircleStop,
  CircleX,
  FileDiff,
  FolderGit2,
  GitBranch,
  GitMerge,
  Pencil,
  RotateCcw,
  Terminal,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf, shownKeys } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { MenuLines, type MenuGroups, type MenuLine } from '../design/Menu.tsx'
import { usePanes } from '../state/panes.ts'
import { useReview } from '../state/reviewed.ts'
import { verbOf } from '../state/standing.ts'
import { useHouse, useSettings, useWindow } from '../state/store.ts'
import { refused, type Facts } from './refusals.ts'
import { factsNow, goToSession, run } from './run-command.ts'

type Shown = readonly [id: CommandId, label: string, icon: ReactNode, hint?: string]

const GO: readonly Shown[] = [
  ['pane.terminal', 'Go to the terminal', <Terminal key="icon" />],
  ['pane.review', 'Review', <FileDiff key="icon" />],
  ['session.rename', 'Rename…', <Pencil key="icon" />],
  ['session.left', 'Move left', <ArrowLeft key="icon" />],
  ['session.right', 'Move right', <ArrowRight key="icon" />],
]
const APPROVE: Shown = ['review.approve', 'Approve', <Check key="icon" />]
const UNAPPROVE: Shown = ['review.unapprove', 'Withdraw the approval', <Undo2 key="icon" />]
const LAND: Shown = ['review.land', 'Approve and land', <GitMerge key="icon" />]
const RETRY: Shown = ['queue.retry', 'Try to land again', <RotateCcw key="icon" />]
const REMOVE: Shown = ['queue.remove', 'Take out of the queue', <CircleX key="icon" />]
const COPY: readonly Shown[] = [
  ['session.copy-branch', 'Copy branch name', <GitBranch key="icon" />],
  ['session.copy-worktree', 'Copy worktree path', <FolderGit2 key="icon" />],
]
const STOP: Shown = ['session.stop', 'Stop', <CircleStop key="icon" />, 'Ends Claude Code; its conversation is kept.']
const RESUME: Shown = ['session.resume', 'Start again', <RotateCcw key="icon" />, 'Goes on with its conversation.']

function landing({ session, entry }: Facts): readonly Shown[] {
  const verdict = session?.approved === true ? UNAPPROVE : APPROVE
  if (entry === null || entry.phase === 'landed') return [verdict, LAND]
  return entry.phase === 'blocked' ? [verdict, LAND, RETRY, REMOVE] : [verdict, REMOVE]
}

/** Draws the lines of a session, by id; they follow what changes while the menu is open. */
export function SessionLines({ id }: { readonly id: string }) {
  const { shortcuts } = useSettings()
  useHouse()
  useWindow()
  usePanes()
  useReview()
  const facts = factsNow(id)
  if (facts === null || facts.session === null) return null
  const verb = verbOf(facts.session)
  const line = ([command, label, icon, hint]: Shown): MenuLine => {
    const keys = keysOf(command, shortcuts)[0]
    return {
      label,
      icon,
      ...(hint === undefined ? {} : { hint }),
      keys: keys === undefined ? undefined : shownKeys(keys),
      refused: refused(command, facts),
      onPick: () => {
        goToSession(id)
        run(command, id)
      },
    }
  }
  const groups: MenuGroups = [
    GO.map(line),
    landing(facts).map(line),
    COPY.map(line),
    verb === null ? [] : [line(verb === 'stop' ? STOP : RESUME)],
  ]
  return <MenuLines groups={groups} />
}
