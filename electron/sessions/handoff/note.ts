/** The words of a pause: what the session is asked to write, what Sluice adds, and what is said when it goes on. Pure. */

import { HANDOFF_FILE } from '../../../shared/model/handoff.ts'
import type { Entry } from '../../../shared/model/queue.ts'
import type { Session } from '../../../shared/model/session.ts'
import { inert, oneLine, shortened } from '../wording.ts'

export const ASK_FOR_NOTE = [
  `You are being paused now. Write ${HANDOFF_FILE} in the top folder of this worktree, for whoever goes on with this work later and knows nothing of this conversation.`,
  'Say in it, briefly and concretely: the goal; what is done; what is left, in order; the decisions you made and why; and how to verify the work.',
  'If the file is there already, bring it up to date. Change nothing else, start nothing new, do not commit, and do not add the file to git: it never lands.',
  'Then end your turn.',
].join('\n')

const BEGIN = '<!-- sluice: facts, written by Sluice when it paused the session -->'
const END = '<!-- sluice: end of the facts -->'

export type NoteFacts = {
  readonly session: Session
  readonly target: string | null
  readonly changes: readonly { readonly path: string; readonly kind: string }[]
  readonly entry: Entry | undefined
  /** ISO 8601. */
  readonly at: string
}

const MOST_FILES = 100

/** A value that cannot end the list, the code or the section that it stands in. */
function value(text: string): string {
  return `\`${shortened(oneLine(inert(text)), 400)
    .replaceAll('`', "'")
    .replaceAll('<!--', '<! --')}\``
}

function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`
}

function queueWords(entry: Entry | undefined): string {
  if (entry === undefined) return 'it was not in the landing queue'
  const why = entry.why === undefined ? '' : ` (${entry.why})`
  return `${entry.phase}${why}${entry.head === undefined ? '' : ` with ${value(entry.head)}`}`
}

function checkWords(entry: Entry | undefined): string {
  if (entry === undefined) return 'none was run'
  const name = entry.check === undefined ? '' : `${value(entry.check.name)} `
  if (entry.phase === 'landed' || entry.phase === 'landing') return `${name}passed`
  if (entry.phase === 'checking') return `${name}was running`
  if (entry.why !== 'checks') return 'none was run on this commit'
  return `${name}failed: ${value(entry.message ?? 'no output was kept')}`
}

function section({ session, target, changes, entry, at }: NoteFacts): string {
  const shown = changes.slice(0, MOST_FILES).map(({ path, kind }) => `  - ${value(path)} (${kind})`)
  const more = changes.length > MOST_FILES ? [`  - and ${changes.length - MOST_FILES} more`] : []
  const against = target === null ? 'the target' : value(target)
  return [
    BEGIN,
    '',
    '## Facts captured by Sluice',
    '',
    `- Paused: ${at}`,
    `- Session: ${value(session.name)}`,
    `- Branch: ${value(session.branch)}`,
    `- Head: ${value(session.head)}`,
    `- Against ${against}: ${counted(session.ahead, 'commit')} ahead, ${session.behind} behind`,
    changes.length === 0 ? '- Uncommitted files: none' : `- Uncommitted files: ${changes.length}`,
    ...shown,
    ...more,
    `- Last check: ${checkWords(entry)}`,
    `- Queue: ${queueWords(entry)}`,
    `- Spent: $${session.spentUsd.toFixed(2)}`,
    `- Claude Code conversation: ${session.claudeSession === undefined ? 'none' : value(session.claudeSession)}`,
    '',
    END,
    '',
  ].join('\n')
}

/** What the session wrote, without any facts of an earlier pause. A section that has lost its end loses only its first line. */
export function ownWords(text: string): string {
  let rest = text
  for (let begin = rest.indexOf(BEGIN); begin !== -1; begin = rest.indexOf(BEGIN)) {
    const end = rest.indexOf(END, begin)
    const next = rest.indexOf(BEGIN, begin + BEGIN.length)
    const whole = end !== -1 && (next === -1 || end < next)
    rest = `${rest.slice(0, begin)}${rest.slice(whole ? end + END.length : begin + BEGIN.length).replace(/^\n/u, '')}`
  }
  return rest
}

/** Takes the file as it is; gives it with the facts of now at its end. */
export function withFacts(text: string, facts: NoteFacts): string {
  const words = ownWords(text).trimEnd()
  const start = words === '' ? `# Handoff: ${oneLine(inert(facts.session.name))}\n\nThe session wrote no note of its own.` : words
  return `${start}\n\n${section(facts)}`
}

/** `note`: where it lies. `conversation`: it can be gone on with. */
export type Resumption = { readonly prompt: string; readonly note: string; readonly conversation: boolean }

/** What a paused session is told first when it goes on. */
export function resumePrompt({ prompt, note, conversation }: Resumption): string {
  if (conversation) {
    return `You were paused, and go on now. Read ${note} first: it holds what was left to do, and the facts from when you were paused. Others may have landed work since then. Then go on where it says.`
  }
  const state = `This was begun before and paused; that conversation is gone. Read ${note} first: it holds the state of the work. Then go on where it says.`
  return prompt.trim() === '' ? state : `${prompt}\n\n${state}`
}
