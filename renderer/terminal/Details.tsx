/** The words beside the name of a session, which lead to everything that is known of it. */

import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { CopyButton } from '../design/CopyButton.tsx'
import { Popover } from '../design/Popover.tsx'
import { useHouse, useWindow } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import styles from './Details.module.css'
import { detailsOf, detailWords } from './details.ts'

function Facts({ session }: { readonly session: Session }) {
  const now = useNow(30_000)
  const forkedFrom = useHouse(
    ({ projection }) => projection.view?.sessions.find(({ id }) => id === session.forkedFrom)?.name ?? null,
  )
  return (
    <dl className={styles['facts']}>
      {detailsOf(session, forkedFrom, now).map(({ label, words, copy }) => (
        <div key={label} className={styles['fact']}>
          <dt>{label}</dt>
          <dd>
            {words.map((line) => (
              <span key={line} className={styles['line']}>
                {line}
              </span>
            ))}
          </dd>
          {copy === undefined ? null : (
            <dd>
              <CopyButton size="small" look="quiet" text={copy}>
                Copy
              </CopyButton>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** Draws the button; its words are the model's name and what is out of the ordinary, or what it is given. */
export function Details({ id, children }: { readonly id: string; readonly children?: ReactNode }) {
  const now = useNow(10_000)
  const session = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id))
  const stopping = useWindow((state) => state.stopping.includes(id))
  if (session === undefined) return null
  return (
    <>
      <output className="visually-hidden">{stopping ? 'Stopping…' : null}</output>
      <Popover
        title={session.name}
        trigger={
          <button type="button" className={styles['details']}>
            <span className="visually-hidden">About {session.name}: </span>
            {children ?? <span className={styles['cut']}>{stopping ? 'Stopping…' : detailWords(session, now)}</span>}
            <Info aria-hidden="true" />
          </button>
        }
      >
        <Facts session={session} />
      </Popover>
    </>
  )
}
