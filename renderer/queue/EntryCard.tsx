/** One entry of the queue: where it is, and what the user can do about it. */

import { FileWarning, X } from 'lucide-react'
import { useState } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { dropHandoff, prompt, retry, takeOut } from '../state/actions.ts'
import { circled, elapsed, since } from '../state/format.ts'
import { useAway } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { showFile } from './show-file.ts'
import { askingFor, type Asking } from './asking.ts'
import { CheckLog } from './CheckLog.tsx'
import styles from './QueuePane.module.css'
import { entryWords, hasLog, messageOf } from './wording.ts'

const SHOWN_FILES = 6

function Elapsed({ from }: { readonly from: string }) {
  const now = useNow(1000)
  return <span className={styles['time']}>{elapsed(since(from, now))}</span>
}

function Files({ files, session }: { readonly files: readonly string[]; readonly session: Session | null }) {
  return (
    <ul className={styles['files']} aria-label="Files in conflict">
      {files.slice(0, SHOWN_FILES).map((file) => (
        <li key={file}>
          <button
            type="button"
            className={styles['file']}
            title={file}
            disabled={session === null}
            onClick={() => (session === null ? undefined : showFile(session.id, file))}
          >
            <FileWarning aria-hidden="true" />
            <span>{file}</span>
          </button>
        </li>
      ))}
      {files.length > SHOWN_FILES ? <li>and {files.length - SHOWN_FILES} more</li> : null}
    </ul>
  )
}

/** The next step of a blocked entry: one prompt, sent once for each time it was blocked. */
function Ask({
  asking,
  session,
  since: blockedSince,
}: {
  readonly asking: Asking
  readonly session: string
  readonly since: string
}) {
  const [sending, setSending] = useState(false)
  const [asked, setAsked] = useState<string | null>(null)
  const away = useAway()
  const send = async (): Promise<void> => {
    setSending(true)
    const sent = await prompt(session, asking.prompt, asking.done)
    setSending(false)
    if (sent) setAsked(blockedSince)
  }
  return (
    <Button
      size="small"
      look="primary"
      busy={sending}
      refused={away ?? (asked === blockedSince ? 'It was asked; see its terminal.' : null)}
      onClick={() => void send()}
    >
      {asking.label}
    </Button>
  )
}

/** The one step of a branch that commits its note. */
function Drop({ session }: { readonly session: string }) {
  const [dropping, setDropping] = useState(false)
  const away = useAway()
  return (
    <Button
      size="small"
      look="primary"
      className={styles['wraps']}
      busy={dropping}
      refused={away}
      onClick={() => {
        setDropping(true)
        void dropHandoff(session).finally(() => setDropping(false))
      }}
    >
      Drop HANDOFF.md from the branch
    </Button>
  )
}

export type EntryCardProps = {
  readonly entry: Entry
  readonly session: Session | null
  readonly checks: readonly string[]
  readonly place: number | null
  readonly target: string
  readonly onOpen: () => void
}

/** Draws an entry that moves or is blocked. */
export function EntryCard({ entry, session, checks, place, target, onOpen }: EntryCardProps) {
  const [log, setLog] = useState<boolean | null>(null)
  const away = useAway()
  const asking = askingFor(entry, session, target, checks)
  const message = messageOf(entry)
  const said = entryWords(entry, place, target)
  const blocked = entry.phase === 'blocked'
  const running = entry.phase === 'rebasing' || entry.phase === 'checking' || entry.phase === 'landing'
  const logged = hasLog(entry)
  const noted = blocked && entry.why === 'handoff'
  const stepped = asking !== null || noted
  const showsLog = logged && (log ?? entry.phase === 'checking')
  return (
    <li className={styles['entry']} data-phase={entry.phase} aria-label={entry.session}>
      <div className={styles['head']}>
        <span className={styles['place']} aria-hidden="true">
          {place === null ? <StateMark shape={said.shape} tone={said.tone} /> : circled(place)}
        </span>
        <span className={styles['titles']}>
          <button type="button" className={styles['name']} onClick={onOpen}>
            {entry.session}
          </button>
          {blocked ? (
            <span className={styles['state']} data-tone={said.tone}>
              {said.words}
            </span>
          ) : null}
        </span>
        {running ? <Elapsed from={entry.since} /> : null}
        {place === null || entry.phase === 'landing' ? null : (
          <IconButton
            small
            label={`Remove ${entry.session} from the queue`}
            refused={away}
            onClick={() => void takeOut(entry.session)}
          >
            <X />
          </IconButton>
        )}
      </div>
      {blocked ? null : (
        <p className={styles['words']} data-tone={said.tone}>
          <span className={styles['said']}>{said.words}</span>
          {entry.phase === 'checking' && entry.check !== undefined ? (
            <code className={styles['check']}>{entry.check.name}</code>
          ) : null}
        </p>
      )}
      {message === null ? null : <p className={styles['message']}>{message}</p>}
      {blocked && !noted && entry.files !== undefined && entry.files.length > 0 ? (
        <Files files={entry.files} session={session} />
      ) : null}
      {showsLog ? <CheckLog entry={entry} /> : null}
      {stepped ? (
        <div className={styles['actions']}>
          {asking === null ? null : <Ask asking={asking} session={entry.session} since={entry.since} />}
          {noted ? <Drop session={entry.session} /> : null}
        </div>
      ) : null}
      {blocked || logged ? (
        <div className={styles['actions']} data-quiet={!blocked || stepped || undefined}>
          {blocked ? (
            <>
              <Button size="small" look={stepped ? 'quiet' : 'normal'} refused={away} onClick={() => void retry(entry.session)}>
                Retry
              </Button>
              <Button size="small" look="quiet" refused={away} onClick={() => void takeOut(entry.session)}>
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
