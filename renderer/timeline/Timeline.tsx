/** The dialog “Timeline”: what happened in the repository or to one session, newest first, and on as it happens. */

import { useRef, useState } from 'react'
import type { Event } from '../../shared/model/event.ts'
import { eventWords, type NameOf } from '../../shared/model/event-words.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import { SelectField } from '../design/Field.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { timeOfDay } from '../state/format.ts'
import type { View } from '../state/projection.ts'
import { closeDialog } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { GROUP_CHOICES, isShown, markOf, type Group } from './marks.ts'
import { byDays } from './pages.ts'
import styles from './Timeline.module.css'
import { useHistory } from './use-history.ts'

type RowProps = { readonly event: Event; readonly nameOf: NameOf; readonly isNamed: boolean }

function Row({ event, nameOf, isNamed }: RowProps) {
  const { shape, tone } = markOf(event)
  const id = event['session']
  const words = eventWords(event, nameOf)
  return (
    <li className={styles['row']}>
      <time className={styles['time']} dateTime={event.at} title={new Date(event.at).toLocaleString('en-GB')}>
        {timeOfDay(event.at)}
      </time>
      <StateMark shape={shape} tone={tone} />
      <span className={styles['words']}>
        {isNamed && typeof id === 'string' ? (
          <span className={styles['name']}>{nameOf(id) ?? 'a session that is gone'}</span>
        ) : null}
        {words}
      </span>
    </li>
  )
}

/** The names of sessions now; of those that are gone, what the events say they were called. */
function namesIn(view: View, events: readonly Event[]): NameOf {
  const names = new Map<string, string>()
  for (const { session, name, kind } of events) {
    if (kind === 'session-started' && typeof session === 'string' && typeof name === 'string') names.set(session, name)
  }
  for (const { id, name } of view.sessions) names.set(id, name)
  return (id) => names.get(id) ?? null
}

/** It scrolls by keys: nothing in it takes the focus. */
const SCROLLED = { tabIndex: 0 } as const

export type TimelineProps = { readonly view: View; readonly repository: string; readonly at: string | null }

/** Draws the dialog, at first about the session `at`, by id, or the whole repository. */
export function Timeline({ view, repository, at }: TimelineProps) {
  const [session, setSession] = useState(at)
  const [group, setGroup] = useState<Group>('all')
  const list = useRef<HTMLElement>(null)
  const now = useNow(60_000)
  const history = useHistory({ repository, session, group })
  const nameOf = namesIn(view, history.events ?? [])
  const days = byDays(
    (history.events ?? []).filter((event) => isShown(event, group)),
    now,
  )
  const choices = [...view.sessions]
    .sort((a, b) => Number(a.state === 'archived') - Number(b.state === 'archived'))
    .map(({ id, name, state }) => ({ value: id, label: state === 'archived' ? `${name} (archived)` : name }))
  return (
    <Dialog
      open
      wide
      title="Timeline"
      onClose={closeDialog}
      firstFocus={list}
      footer={<Button onClick={closeDialog}>Close</Button>}
    >
      <div className={styles['filters']}>
        <SelectField
          label="Of"
          value={session ?? ''}
          choices={[{ value: '', label: 'The whole repository' }, ...choices]}
          onChoose={(id) => setSession(id === '' ? null : id)}
        />
        <SelectField label="Show" value={group} choices={GROUP_CHOICES} onChoose={setGroup} />
      </div>
      {history.failure === null ? null : <Banner tone="bad">{history.failure}</Banner>}
      <section ref={list} className={styles['list']} aria-label="Events" aria-busy={history.events === null} {...SCROLLED}>
        {days.map(({ day, events }) => (
          <section key={day} aria-label={day}>
            <h3 className={styles['day']}>{day}</h3>
            <ol className={styles['rows']}>
              {events.map((event) => (
                <Row key={event.seq} {...{ event, nameOf }} isNamed={session === null} />
              ))}
            </ol>
          </section>
        ))}
        {history.events !== null && days.length === 0 && history.isWhole && history.failure === null ? (
          <EmptyState title="Nothing yet">What happens from now on shows here.</EmptyState>
        ) : null}
        {history.isWhole ? null : (
          <div className={styles['earlier']}>
            <Button size="small" busy={history.isReading} onClick={history.onEarlier}>
              Show earlier ones
            </Button>
          </div>
        )}
      </section>
    </Dialog>
  )
}
