/** The menu of a screen: what its keys do, for the mouse. */

import { ArrowDownToLine, ClipboardPaste, Copy, Eraser, Search, TextSelect } from 'lucide-react'
import type { RefObject } from 'react'
import { keysOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { MenuLines } from '../design/Menu.tsx'
import { useSettings } from '../state/store.ts'
import type { TerminalAsk } from '../state/terminal-asks.ts'
import type { Screen } from './screen.ts'

/** Draws its lines. */
export function ScreenLines({
  screen,
  onPick,
}: {
  readonly screen: RefObject<Screen | null>
  readonly onPick: (ask: TerminalAsk) => void
}) {
  const { shortcuts } = useSettings()
  const keys = (command: CommandId): readonly string[] | undefined => {
    const first = keysOf(command, shortcuts)[0]
    return first === undefined ? undefined : signsOf(first)
  }
  const line = (ask: TerminalAsk) => ({ keys: keys(`terminal.${ask}`), onPick: () => onPick(ask) })
  return (
    <MenuLines
      groups={[
        [
          {
            label: 'Copy',
            icon: <Copy />,
            refused: screen.current?.hasSelection() === true ? null : 'Nothing is selected.',
            ...line('copy'),
          },
          { label: 'Paste', icon: <ClipboardPaste />, ...line('paste') },
          { label: 'Select all', icon: <TextSelect />, ...line('select-all') },
        ],
        [
          { label: 'Find…', icon: <Search />, ...line('find') },
          { label: 'Scroll to the bottom', icon: <ArrowDownToLine />, ...line('bottom') },
          { label: 'Clear the scrollback', icon: <Eraser />, hint: 'In this window only.', ...line('clear') },
        ],
      ]}
    />
  )
}
