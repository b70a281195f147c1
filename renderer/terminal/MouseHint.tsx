/** Says once, to who tries to select in a program that has the mouse, how it is done. */

import { X } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import * as z from 'zod'
import { ON_MAC } from '../commands/on-mac.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { recall, remember } from '../state/memory.ts'
import { openDialog } from '../state/store.ts'
import type { BearingNow } from './bearing.ts'
import styles from './Screen.module.css'

const KEY = 'terminal.mouse-hint'

/** Draws a line at the bottom of the screen, until it is closed, and never again after that. */
export function MouseHint({ bearing }: { readonly bearing: BearingNow }) {
  const { taken } = useSyncExternalStore(bearing.subscribe, bearing.now)
  const [read, setRead] = useState(() => recall(KEY, z.boolean(), false))
  if (!taken || read) return null
  const close = (): void => {
    remember(KEY, true)
    setRead(true)
  }
  return (
    <output className={styles['hint']}>
      <span className={styles['words']}>
        This program has the mouse. Hold {ON_MAC ? 'Option' : 'Shift'} to select text here; with “Classic Claude Code” new
        sessions leave the mouse and scrolling to the terminal.
      </span>
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
      <IconButton small label="Close" onClick={close}>
        <X />
      </IconButton>
    </output>
  )
}
