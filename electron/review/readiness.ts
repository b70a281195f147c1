/** What stands between a session and its landing, as a list: from facts, in words. Pure. What blocks is the queue's own decision, handed in. */

import type { ReadinessLine } from '../../shared/model/review.ts'

/** Why the queue would not land it, as the queue says it. */
export type Blocking = {
  readonly kind: 'problem' | 'empty' | 'dirty' | 'handoff' | 'conflict' | 'not-approved'
  readonly text: string
  readonly files: readonly string[]
}

export type ReadinessFacts = {
  /** The name of the target branch. */
  readonly target: string
  readonly blocking: readonly Blocking[]
  /** What a rebase onto the target comes to: `clean`, or not known; null where nobody has tried, as something else is in its way. */
  readonly replay: 'clean' | 'unknown' | null
  /** Sessions before it in the cascade that clash with it. */
  readonly clashes: readonly { readonly session: string; readonly files: readonly string[] }[]
  /** Whether an approval is asked for, and of which commit there is one. */
  readonly approved: boolean
  readonly behind: number
  readonly outOfScope: readonly string[]
  readonly comments: { readonly drafts: number; readonly open: number }
  /** How many files there are, and which of them are not viewed. */
  readonly viewed: { readonly all: number; readonly unviewed: readonly string[] }
  readonly checks: { readonly commands: readonly string[]; readonly last: 'passed' | 'failed' | null }
}

const LEVELS: Readonly<Record<ReadinessLine['level'], number>> = { blocks: 0, warns: 1, good: 2 }

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** What is to be expected where a rebase onto the target would end in conflicts in so many files. */
export function clashWords(files: number): string {
  return `It will clash with what landed before it, in ${count(files, 'file', 'files')}.`
}

function conflicts({ target, blocking, replay, clashes }: ReadinessFacts): readonly ReadinessLine[] {
  const lines: ReadinessLine[] = clashes.map(({ session, files }) => ({
    kind: 'conflict',
    level: 'warns',
    text: `It clashes with “${session}”, which stands before it: once that has landed, this one will not land as it is.`,
    files,
  }))
  if (replay === 'unknown') {
    const text = `Git could not try it on top of ${target}, so a conflict may show only when it lands.`
    lines.push({ kind: 'conflict', level: 'warns', text, files: [] })
  }
  if (replay === 'clean' && !blocking.some(({ kind }) => kind === 'conflict'))
    lines.push({ kind: 'conflict', level: 'good', text: `No conflict with ${target}.`, files: [] })
  return lines
}

function commentsLine({ drafts, open }: ReadinessFacts['comments']): readonly ReadinessLine[] {
  const [unsent, unresolved] = [count(drafts, 'comment is', 'comments are'), count(open, 'comment is', 'comments are')]
  const text = [...(drafts > 0 ? [`${unsent} not sent yet.`] : []), ...(open > 0 ? [`${unresolved} not resolved.`] : [])].join(
    ' ',
  )
  return text === '' ? [] : [{ kind: 'comments', level: 'warns', text, files: [] }]
}

function viewedLine({ all, unviewed }: ReadinessFacts['viewed']): readonly ReadinessLine[] {
  if (all === 0) return []
  if (unviewed.length === 0) return [{ kind: 'unviewed', level: 'good', text: 'Every file is viewed.', files: [] }]
  const text = `${unviewed.length.toLocaleString('en')} of ${count(all, 'file is', 'files are')} not viewed.`
  return [{ kind: 'unviewed', level: 'warns', text, files: unviewed }]
}

function checksLine({ commands, last }: ReadinessFacts['checks']): ReadinessLine {
  const line = (level: ReadinessLine['level'], text: string): ReadinessLine => ({ kind: 'checks', level, text, files: [] })
  if (commands.length === 0) return line('warns', 'No checks are set, so it would land untested. Set them in the settings.')
  if (last === 'failed') return line('warns', 'The checks failed on this commit. They run again when it lands.')
  if (last === 'passed') return line('good', 'The checks passed on this commit. They run again when it lands.')
  return line('good', 'The checks have not run on this commit. They run when it lands.')
}

/** Takes the facts; gives the lines, what blocks first. */
export function readinessOf(facts: ReadinessFacts): readonly ReadinessLine[] {
  const { target, blocking, approved, behind, outOfScope } = facts
  const [isEmpty, clashes] = (['empty', 'conflict'] as const).map((kind) => blocking.some((one) => one.kind === kind))
  const lines: readonly ReadinessLine[] = [
    ...blocking.map((one) => ({ ...one, level: 'blocks' as const })),
    ...conflicts(facts),
    ...(approved ? [{ kind: 'not-approved' as const, level: 'good' as const, text: 'This commit is approved.', files: [] }] : []),
    ...(behind > 0
      ? [
          {
            kind: 'behind' as const,
            level: clashes ? ('warns' as const) : ('good' as const),
            text: `${target} has ${count(behind, 'commit', 'commits')} that it lacks: ${clashes ? 'it clashes with them' : 'it is rebased when it lands'}.`,
            files: [],
          },
        ]
      : []),
    ...(outOfScope.length > 0
      ? [
          {
            kind: 'out-of-scope' as const,
            level: 'warns' as const,
            text: `It changes ${count(outOfScope.length, 'file', 'files')} outside its scope.`,
            files: outOfScope,
          },
        ]
      : []),
    ...commentsLine(facts.comments),
    ...viewedLine(facts.viewed),
    ...(isEmpty ? [] : [checksLine(facts.checks)]),
  ]
  return lines.toSorted((a, b) => LEVELS[a.level] - LEVELS[b.level])
}
