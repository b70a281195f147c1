/** Says once, to who tries to select in a program that has the mouse, how it is done. */

import { X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import * as z from 'zod'
import { ON_MAC } from '../commands/on-mac.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { recall, remember } from '../state/memory.ts'
import { openDialog } from '../state/store.ts'
import type { BearingNow } from './bearing.ts'
import styles from './Screen.module.css'

const KEY = 'terminal.mouse-hint'

/** Long enough to be read twice; and after the pointer was on it, in milliseconds. */
const READ = 12_000
const LEFT = 4_000

type HintProps = {
  /** The program is Claude Code. */
  readonly claude: boolean
  /** It was read: by a click, or it stood long enough. */
  readonly onRead: () => void
  /** Puts the keyboard into the terminal. */
  readonly onDone: () => void
}

function Hint({ claude, onRead, onDone }: HintProps) {
  const [pointer, setPointer] = useState<'not-yet' | 'on' | 'left'>('not-yet')
  const read = useEffectEvent(() => onRead())
  useEffect(() => {
    if (pointer === 'on') return
    const timer = window.setTimeout(() => read(), pointer === 'left' ? LEFT : READ)
    return () => window.clearTimeout(timer)
  }, [pointer])
  const close = (): void => {
    // First: it goes with what has the focus, and the next key is for the terminal.
    onDone()
    onRead()
  }
  return (
    <output className={styles['hint']} onPointerEnter={() => setPointer('on')} onPointerLeave={() => setPointer('left')}>
      <span className={styles['words']}>
        This program has the mouse. Hold {ON_MAC ? 'Option' : 'Shift'} to select text here
        {claude ? '; with “Classic Claude Code” new sessions leave the mouse and scrolling to the terminal.' : '.'}
      </span>
      {claude ? (
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            close()
            openDialog('settings', { at: 'classicTerminal' })
          }}
        >
          Setting…
        </Button>
      ) : null}
      <IconButton small label="Close" onClick={close}>
        <X />
      </IconButton>
    </output>
  )
}

type MouseHintProps = Pick<HintProps, 'claude' | 'onDone'> & { readonly bearing: BearingNow }

/** Draws a line at the top of the screen as long as the program has the mouse and it was not read, and never again after that. */
export function MouseHint({ bearing, claude, onDone }: MouseHintProps) {
  const { taken } = useSyncExternalStore(bearing.subscribe, bearing.now)
  const [isRead, setRead] = useState(() => recall(KEY, z.boolean(), false))
  if (!taken || isRead) return null
  const onRead = (): void => {
    remember(KEY, true)
    setRead(true)
  }
  return <Hint claude={claude} onRead={onRead} onDone={onDone} />
}
