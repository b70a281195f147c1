/** The button that finds text in the terminal on show. */

import { TextSearch } from 'lucide-react'
import { useKeys } from '../commands/use-keys.ts'
import { IconButton } from '../design/IconButton.tsx'
import { askTerminal } from '../state/terminal-asks.ts'
import styles from './Screen.module.css'

/** Draws it; left out where there is no room, the key and the menu of the screen stay. */
export function FindButton() {
  const keys = useKeys('terminal.find')
  return (
    <IconButton
      small
      className={styles['opener']}
      label="Find in the terminal"
      {...(keys === undefined ? {} : { shortcut: keys })}
      onClick={() => askTerminal('find')}
    >
      <TextSearch />
    </IconButton>
  )
}
