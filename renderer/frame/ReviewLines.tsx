/** What else can be decided about the work on show: the lines of the menu of its review. Each is a command, or a short text for the session. */

import { Send } from 'lucide-react'
import { MenuLines, type MenuLine } from '../design/Menu.tsx'
import { REPLIES } from '../review/replies.ts'
import { reply } from '../state/review-acts.ts'
import { takesPrompts } from '../state/standing.ts'
import { useCommandLines, type Shown } from './SessionLines.tsx'

const ANSWER: readonly Shown[] = [['review.answer', 'Ask for changes…']]
const HAND: readonly Shown[] = [
  ['review.hand', 'Have another session review it…', 'What it finds becomes comments here.'],
  ['session.ask-commit', 'Ask the session to commit'],
  ['review.ask-rebase', 'Ask the session to rebase'],
]
const TAKE_OVER: readonly Shown[] = [
  ['review.commit', 'Commit, or amend…', 'In your name.'],
  ['review.pull', 'Open a pull request…', 'In place of landing it here.'],
]

/** Draws the lines for a session, by id. */
export function ReviewLines({ id }: { readonly id: string }) {
  const lines = useCommandLines(id)
  if (lines === null) return null
  const { facts, line } = lines
  const { session } = facts
  const verdict: Shown = session.approved ? ['review.unapprove', 'Withdraw the approval'] : ['review.approve', 'Approve']
  const land: Shown = ['review.land', session.approved ? 'Land' : 'Approve and land']
  const refused = facts.away ?? (takesPrompts(session) ? null : 'It cannot be sent a prompt now.')
  const replies = REPLIES.map((text): MenuLine => ({
    label: `Reply “${text}”`,
    icon: <Send />,
    refused,
    onPick: () => void reply(session.name, text),
  }))
  return <MenuLines groups={[[verdict, land, ...ANSWER].map(line), replies, HAND.map(line), TAKE_OVER.map(line)]} />
}
