/** The keys of one command, and pressing others: Escape leaves them, Backspace takes them away. */

import { useRef, useState, type KeyboardEvent } from 'react'
import { keysOf, pressOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { Button } from '../design/Button.tsx'
import { Keys } from '../design/Keys.tsx'
import type { Settings } from '../../shared/model/settings.ts'
import { desktop } from '../state/desktop.ts'
import { against, againstUsual, isRebound, titleOf, withKeys, withUsual } from './rebinding.ts'
import styles from './Shortcuts.module.css'

export type KeyRecorderProps = {
  readonly id: CommandId
  readonly shortcuts: Settings['shortcuts']
  readonly onChange: (change: (before: Settings['shortcuts']) => Settings['shortcuts']) => void
}

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])

/** Draws the row of one command. */
export function KeyRecorder({ id, shortcuts, onChange }: KeyRecorderProps) {
  const recorder = useRef<HTMLButtonElement>(null)
  const [listens, setListens] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keys = keysOf(id, shortcuts)
  const browser = desktop() === null

  const take = (wanted: string | null): void => {
    const why = against(id, wanted, shortcuts, browser)
    setProblem(why)
    if (why !== null) return
    setListens(false)
    onChange((before) => withKeys(id, wanted === null ? [] : [wanted], before))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Tab leads on, as everywhere.
    if (!listens || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat || MODIFIERS.has(event.key)) return
    const isBare = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    if (isBare && event.key === 'Escape') {
      setListens(false)
      setProblem(null)
    } else if (isBare && event.key === 'Backspace') take(null)
    else {
      const pressed = pressOf(event.nativeEvent)
      if (pressed !== null) take(pressed)
    }
  }
  const onReset = (): void => {
    const why = againstUsual(id, shortcuts, browser)
    setProblem(why)
    if (why !== null) return
    // The button goes away with what it resets.
    recorder.current?.focus()
    onChange((before) => withUsual(id, before))
  }

  return (
    <li className={styles['line']}>
      <span className={styles['name']}>
        <span className={styles['title']}>{titleOf(id)}</span>
        {isRebound(id, shortcuts) ? (
          <Button size="small" look="quiet" aria-label={`Reset the keys of ${titleOf(id)}`} onClick={onReset}>
            Reset
          </Button>
        ) : null}
      </span>
      <button
        ref={recorder}
        type="button"
        className={styles['recorder']}
        aria-label={`Keys of ${titleOf(id)}: ${keys.length === 0 ? 'none' : keys.map((one) => signsOf(one).join(' ')).join(', ')}`}
        aria-pressed={listens}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        onClick={() => setListens(!listens)}
        onBlur={() => {
          setListens(false)
          setProblem(null)
        }}
        onKeyDown={onKeyDown}
        // A button is pressed when Space goes up again.
        onKeyUp={(event) => {
          if (listens) event.preventDefault()
        }}
      >
        {listens ? (
          <span className={styles['listens']}>Press keys…</span>
        ) : keys.length === 0 ? (
          <span className={styles['none']}>none</span>
        ) : (
          keys.map((one) => <Keys key={one} signs={signsOf(one)} />)
        )}
      </button>
      {problem === null && !listens ? null : (
        <p
          id={`${id}-problem`}
          className={problem === null ? styles['note'] : styles['problem']}
          role={problem === null ? undefined : 'alert'}
        >
          {problem ?? 'Esc leaves them as they are, Backspace takes them away.'}
        </p>
      )}
    </li>
  )
}
