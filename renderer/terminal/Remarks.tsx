/** The lines above a terminal: each a sentence and what can be done about it. */

import { CircleAlert, Info } from 'lucide-react'
import { useState } from 'react'
import { takesRoom, type Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { forgetPrompt, repair, sendAgain, stop } from '../state/actions.ts'
import { takesPrompts } from '../state/standing.ts'
import { openDialog, useAway, useHouse } from '../state/store.ts'
import { remarksOf, type Remark } from './remarks.ts'
import styles from './Remarks.module.css'

type Deed = { readonly word: string; readonly refused?: string | null; readonly run: () => unknown }

/** Why a kept prompt cannot be typed now; null when it can. */
function untyped(session: Session): string | null {
  if (session.place !== undefined || session.settingUp === true)
    return 'Claude Code does not run yet. The prompt stays here until it does.'
  if (!takesPrompts(session)) return 'Claude Code is not running. Resume it first.'
  return session.state === 'needs-permission' || session.state === 'asks' ? 'It waits for your answer. Give that first.' : null
}

/** What can be done about it, the likeliest first. */
function deedsOf({ kind }: Remark, session: Session): readonly Deed[] {
  const { name } = session
  const forget: Deed = { word: 'Forget', run: () => forgetPrompt(name) }
  switch (kind) {
    case 'unsent':
      return [{ word: 'Send again', refused: untyped(session), run: () => sendAgain(session) }, forget]
    case 'waits':
      return [{ word: 'Send now', refused: untyped(session), run: () => sendAgain(session) }, forget]
    case 'leftovers':
      return [{ word: 'End them', run: () => stop(session) }]
    case 'repair':
      return [{ word: session.repair === 'adopt' ? 'Go on where it is now' : 'Recreate the worktree', run: () => repair(name) }]
    case 'place':
      return [{ word: 'Sessions at once…', run: () => openDialog('settings', { at: 'maxSessions' }) }]
    case 'setting-up':
    case 'limited':
    case 'cut-off':
    case 'unfilled':
    case 'hooks-off':
      return []
  }
}

function Line({ remark, session }: { readonly remark: Remark; readonly session: Session }) {
  const [doing, setDoing] = useState<string | null>(null)
  const away = useAway()
  const deeds = deedsOf(remark, session)
  return (
    <div className={styles['line']} data-tone={remark.tone}>
      {remark.tone === 'bad' ? <CircleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
      <p className={styles['words']}>
        {remark.words}
        {remark.quoted === undefined ? null : (
          <code className={styles['quoted']} title={remark.quoted}>
            {remark.quoted}
          </code>
        )}
      </p>
      {deeds.map(({ word, refused, run }, at) => (
        <Button
          key={word}
          size="small"
          look={at === 0 ? 'normal' : 'quiet'}
          busy={doing === word}
          refused={remark.kind === 'place' ? null : (away ?? refused ?? null)}
          onClick={() => {
            setDoing(word)
            void Promise.resolve(run()).finally(() => setDoing(null))
          }}
        >
          {word}
        </Button>
      ))}
    </div>
  )
}

/** Draws the lines, politely announced; nothing while there is nothing to say. */
export function Remarks({ session }: { readonly session: Session }) {
  const running = useHouse(({ projection }) => projection.view?.sessions.filter(takesRoom).length ?? 0)
  const most = useHouse(({ projection }) => projection.view?.config.maxSessions ?? 0)
  return (
    <div aria-live="polite">
      {remarksOf(session, { running, most }).map((remark) => (
        <Line key={remark.kind} remark={remark} session={session} />
      ))}
    </div>
  )
}
