/** One entry of the queue: where it is, and what the user can do about it. */

import { FileWarning, X } from 'lucide-react'
import { useState } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { retry, takeOut } from '../state/actions.ts'
import { circled, elapsed, since } from '../state/format.ts'
import { useNow } from '../state/use-now.ts'
import { CheckLog } from './CheckLog.tsx'
import styles from './QueuePane.module.css'
import { entryWords, hasLog } from './wording.ts'

const SHOWN_FILES = 6

function Elapsed({ from }: { readonly from: string }) {
  const now = useNow(1000)
  return <span className={styles['time']}>{elapsed(since(from, now))}</span>
}

function Files({ files }: { readonly files: readonly string[] }) {
  return (
    <ul className={styles['files']} aria-label="Files in conflict">
      {files.slice(0, SHOWN_FILES).map((file) => (
        <li key={file} title={file}>
          <FileWarning aria-hidden="true" />
          <span>{file}</span>
        </li>
      ))}
      {files.length > SHOWN_FILES ? <li>and {files.length - SHOWN_FILES} more</li> : null}
    </ul>
  )
}

export type EntryCardProps = {
  readonly entry: Entry
  readonly place: number | null
  readonly target: string
  readonly onOpen: () => void
}

/** Draws an entry that moves or is blocked. */
export function EntryCard({ entry, place, target, onOpen }: EntryCardProps) {
  const [log, setLog] = useState<boolean | null>(null)
  const said = entryWords(entry, place, target)
  const blocked = entry.phase === 'blocked'
  const running = entry.phase === 'rebasing' || entry.phase === 'checking' || entry.phase === 'landing'
  const logged = hasLog(entry)
  const showsLog = logged && (log ?? entry.phase === 'checking')
  return (
    <li className={styles['entry']} data-phase={entry.phase} aria-label={entry.session}>
      <div className={styles['head']}>
        <span className={styles['place']} aria-hidden="true">
          {place === null ? <StateMark shape={said.shape} tone={said.tone} /> : circled(place)}
        </span>
        <button type="button" className={styles['name']} onClick={onOpen}>
          {entry.session}
        </button>
        {running ? <Elapsed from={entry.since} /> : null}
        {place === null || entry.phase === 'landing' ? null : (
          <IconButton small label={`Take ${entry.session} out of the queue`} onClick={() => void takeOut(entry.session)}>
            <X />
          </IconButton>
        )}
      </div>
      <p className={styles['words']} data-tone={said.tone}>
        <span className={styles['said']}>{said.words}</span>
        {entry.phase === 'checking' && entry.check !== undefined ? (
          <code className={styles['check']}>{entry.check.name}</code>
        ) : null}
      </p>
      {entry.message === undefined ? null : <p className={styles['message']}>{entry.message}</p>}
      {blocked && entry.files !== undefined && entry.files.length > 0 ? <Files files={entry.files} /> : null}
      {showsLog ? <CheckLog entry={entry} /> : null}
      {blocked || logged ? (
        <div className={styles['actions']}>
          {blocked ? (
            <>
              <Button size="small" onClick={() => void retry(entry.session)}>
                Retry
              </Button>
              <Button size="small" look="quiet" onClick={() => void takeOut(entry.session)}>
                Remove
              </Button>
            </>
          ) : null}
          {logged ? (
            <Button size="small" look="quiet" aria-expanded={showsLog} onClick={() => setLog(!showsLog)}>
              {showsLog ? 'Hide log' : 'Show log'}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
