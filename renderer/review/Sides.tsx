/** What of the session's work is on show: its two plain sides, and behind one button everything else that can be looked at. */

import { ChevronDown, EyeOff, GitCommitHorizontal, GitCompareArrows, ScanEye } from 'lucide-react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Review, Summary } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { Menu, MenuLines, type MenuLine } from '../design/Menu.tsx'
import { Segments } from '../design/Segments.tsx'
import { asSeen } from '../state/as-seen.ts'
import { counted, shortOid } from '../state/format.ts'
import { setOpened, useIsOver } from '../state/reviewed.ts'
import { useSettings } from '../state/store.ts'
import styles from './Sides.module.css'
import { commitIn, otherIn, sideWords } from './sides.ts'
import type { Counts } from './standing.ts'

export type SidesProps = {
  readonly session: Session
  readonly of: DiffOf
  readonly counts: Counts
  readonly review: Review | null
  readonly summary: Summary | null
  /** The other sessions whose work this one can be compared with. */
  readonly others: readonly Pick<Session, 'id' | 'name'>[]
  /** How many files came since the user last looked; null while that is not known. */
  readonly fresh: number | null
  readonly onChoose: (of: DiffOf) => void
}

/** More commits than these are in the list above the diff. */
const MOST_COMMITS = 20
const LONGEST = 54

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

function Lines({ of, review, summary, others, fresh, onChoose }: SidesProps) {
  const { shortcuts } = useSettings()
  const keys = (id: CommandId): readonly string[] | undefined => {
    const first = keysOf(id, shortcuts)[0]
    return first === undefined ? undefined : signsOf(first)
  }
  const line = (side: DiffOf, over: Omit<MenuLine, 'onPick' | 'checked'>): MenuLine => ({
    ...over,
    checked: side === of,
    onPick: () => onChoose(side),
  })
  const commits = (summary?.commits ?? []).toReversed()
  return (
    <MenuLines
      groups={[
        [
          line('looked', {
            label: 'Since you last looked',
            icon: <ScanEye />,
            keys: keys('review.looked'),
            ...(fresh === null ? {} : { hint: fresh === 0 ? 'Nothing came since.' : `${counted(fresh, 'file')} came since.` }),
            refused: review !== null && review.looked === null ? 'You have not looked at it before.' : null,
          }),
          line('unviewed', {
            label: 'What is not viewed yet',
            icon: <EyeOff />,
            keys: keys('review.unviewed'),
          }),
        ],
        commits.slice(0, MOST_COMMITS).map(({ oid, subject }) =>
          line(`commit:${oid}`, {
            label: cut(asSeen(subject)) || 'A commit without a message',
            note: shortOid(oid),
            icon: <GitCommitHorizontal />,
          }),
        ),
        others.map(({ id, name }) => line(`against:${id}`, { label: `Against “${name}”`, icon: <GitCompareArrows /> })),
      ]}
    />
  )
}

/** Draws the choice. */
export function Sides(props: SidesProps) {
  const { session, of, counts, onChoose, others, fresh } = props
  const open = useIsOver('sides', session.id)
  const isOther = of === 'looked' || of === 'unviewed' || commitIn(of) !== null || otherIn(of) !== null
  return (
    <span className={styles['sides']}>
      <Segments<'branch' | 'uncommitted', DiffOf>
        label="What to review"
        value={of}
        panel="review-body"
        onChoose={onChoose}
        segments={[
          { value: 'branch', label: 'Branch', count: counts.branch },
          { value: 'uncommitted', label: 'Uncommitted', count: counts.uncommitted },
        ]}
      />
      <Menu
        open={open}
        onOpen={(next) => setOpened('sides', session.id, next)}
        trigger={
          <button type="button" className={styles['more']} data-on={isOther || undefined}>
            {isOther ? (
              <span className={styles['name']}>{sideWords(of, others)}</span>
            ) : (
              <span className={styles['word']}>More</span>
            )}
            {!isOther && fresh !== null && fresh > 0 ? (
              <span className={styles['fresh']}>
                {fresh} <span className="visually-hidden">{fresh === 1 ? 'file' : 'files'} since you last looked</span>
              </span>
            ) : null}
            <ChevronDown aria-hidden="true" />
          </button>
        }
      >
        <Lines {...props} />
      </Menu>
    </span>
  )
}
