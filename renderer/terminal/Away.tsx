/** The bar under a terminal whose House cannot be reached: shows what is typed meanwhile, and offers it when the House is back. */

import { isLive } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { cx } from '../design/cx.ts'
import { useAway, useHouse } from '../state/store.ts'
import { forget, useKept } from './kept.ts'
import styles from './Terminals.module.css'

export type AwayProps = {
  readonly id: string
  readonly ended: boolean
  /** It is a shell’s terminal. */
  readonly shell: boolean
  /** Says nothing as long as nothing is typed: another terminal says it. */
  readonly quiet: boolean
  /** Types the text, without Enter. */
  readonly onType: (text: string) => void
  readonly onDone: () => void
}

/** Draws nothing while the House is there and nothing was typed without it. Nothing is ever sent by itself. */
export function Away({ id, ended, shell, quiet, onType, onDone }: AwayProps) {
  const away = useAway() !== null
  const kept = useKept(id)
  const runs = useHouse(({ projection: { view } }) =>
    shell
      ? view?.shells.some((one) => one.id === id && one.exit === undefined)
      : view?.sessions.some((session) => session.id === id && isLive(session.state)),
  )
  const gone = ended || runs !== true
  if (kept.text === '' && (!away || gone || quiet)) return null
  const text =
    kept.text === '' ? null : (
      <span className={styles['typed']}>
        <span>{kept.text}</span>
      </span>
    )
  if (away) {
    return (
      <div className={cx(styles['bar'], styles['over'])}>
        <span className={styles['says']}>
          <output>
            {kept.full ? 'Not connected, and no more can be kept here.' : 'Not connected: what you type is kept here.'}
          </output>
          {text}
        </span>
      </div>
    )
  }
  const done = (): void => {
    forget(id)
    onDone()
  }
  return (
    <div className={styles['bar']}>
      <span className={styles['says']}>
        <output>You typed while Sluice was away:</output>
        {text}
      </span>
      <Button
        size="small"
        refused={
          gone ? (shell ? 'The shell has ended. Restart it first.' : 'Claude Code is not running. Resume it first.') : null
        }
        onClick={() => {
          onType(kept.text)
          done()
        }}
      >
        Type it
      </Button>
      <Button size="small" look="quiet" onClick={done}>
        Discard
      </Button>
    </div>
  )
}
