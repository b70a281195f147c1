/** The terminals of one session in its header: its Claude Code's and those of its shells. A row where there is room, else a menu. */

import { ChevronDown, SquareTerminal, X } from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { useKeys } from '../commands/use-keys.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines, type MenuLine } from '../design/Menu.tsx'
import type { Shell } from '../../shared/model/shell.ts'
import { closeShell, openShell } from '../state/actions.ts'
import { chooseShell, labelOf, useShellOnShow, useShells } from '../state/shells.ts'
import { useAway, useHouse } from '../state/store.ts'
import { shellEndWords } from './end-words.ts'
import styles from './Tabs.module.css'

type Of = {
  /** The session, by id, and its name. */
  readonly id: string
  readonly name: string
  /** Puts the keyboard into the terminal. */
  readonly onFocus: () => void
}

/** More of them never stand in a row: the menu has them all. */
const MOST_IN_ROW = 6

/** Where a shell runs, and how it ended. */
function useTitle(session: string): (shell: Shell) => string {
  const folder = useHouse(({ projection }) => {
    const of = projection.view?.sessions.find(({ id }) => id === session)
    return of === undefined ? '' : of.research ? `the main checkout, ${of.worktree}` : of.worktree
  })
  return ({ exit }) => (exit === undefined ? `In ${folder}` : `${shellEndWords(exit)}\nIn ${folder}`)
}

/** Opens a shell and goes there. */
async function openAndGo({ name, onFocus }: Of): Promise<void> {
  if (await openShell({ name })) onFocus()
}

type RowProps = Of & { readonly shells: readonly Shell[]; readonly shown: Shell | null; readonly onClose: (shell: Shell) => void }

function Row({ shells, shown, onClose, ...of }: RowProps) {
  const { id, name, onFocus } = of
  const list = useRef<HTMLDivElement>(null)
  const titleOf = useTitle(id)
  const tabs = [null, ...shells]
  const choose = (at: number): void => {
    const next = (at + tabs.length) % tabs.length
    chooseShell(id, tabs[next]?.id ?? null)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  const onKeyDown = ({ key, ...event }: KeyboardEvent<HTMLElement>, at: number, shell: Shell | null): void => {
    if (key === 'ArrowRight') choose(at + 1)
    else if (key === 'ArrowLeft') choose(at - 1)
    else if (key === 'Home') choose(0)
    else if (key === 'End') choose(tabs.length - 1)
    else if (key === 'Delete' && shell !== null) onClose(shell)
    else return
    event.preventDefault()
  }
  return (
    <div ref={list} className={styles['row']} role="tablist" aria-label={`Terminals of ${name}`} data-count={shells.length}>
      {tabs.map((shell, at) => {
        const chosen = shell?.id === shown?.id
        return (
          <button
            key={shell?.id ?? 'claude'}
            type="button"
            role="tab"
            className={styles['tab']}
            aria-selected={chosen}
            aria-controls="terminal-pane"
            aria-keyshortcuts={shell === null ? undefined : 'Delete'}
            data-ended={shell?.exit === undefined ? undefined : ''}
            tabIndex={chosen ? 0 : -1}
            title={shell === null ? undefined : titleOf(shell)}
            onKeyDown={(event) => onKeyDown(event, at, shell)}
            onClick={() => {
              chooseShell(id, shell?.id ?? null)
              onFocus()
            }}
            // Else Windows begins to scroll.
            onMouseDown={(event) => (event.button === 1 ? event.preventDefault() : undefined)}
            onAuxClick={({ button }) => (button === 1 && shell !== null ? onClose(shell) : undefined)}
          >
            <span className={styles['label']}>{shell === null ? 'Claude' : labelOf(shell)}</span>
            {shell === null ? null : (
              // For the pointer; keys have Delete, and everybody the command “Close the shell”.
              <span
                className={styles['close']}
                aria-hidden="true"
                title={`Close ${labelOf(shell)}`}
                onClick={(event) => {
                  event.stopPropagation()
                  onClose(shell)
                }}
              >
                <X />
              </span>
            )}
          </button>
        )
      })}
    </div>
  )
}

function Chooser({ shells, shown, onClose, few, ...of }: RowProps & { readonly few: boolean }) {
  const { id, name, onFocus } = of
  const away = useAway()
  const label = shown === null ? 'Claude' : labelOf(shown)
  const lines = [null, ...shells].map((shell): MenuLine => {
    const note = shell?.exit === undefined ? {} : { note: 'ended' }
    const onPick = (): void => {
      chooseShell(id, shell?.id ?? null)
      onFocus()
    }
    return { label: shell === null ? 'Claude' : labelOf(shell), ...note, checked: shell?.id === shown?.id, onPick }
  })
  const acts: readonly MenuLine[] = [
    { label: 'New shell', icon: <SquareTerminal />, refused: away, onPick: () => void openAndGo(of) },
    ...(shown === null ? [] : [{ label: `Close ${labelOf(shown)}`, icon: <X />, refused: away, onPick: () => onClose(shown) }]),
  ]
  return (
    <span className={styles['chooser']} data-count={few ? undefined : shells.length}>
      <Menu
        trigger={
          <button type="button" className={styles['trigger']} aria-label={`${label}, choose another terminal of ${name}`}>
            {label}
            <ChevronDown />
          </button>
        }
      >
        <MenuLines groups={[lines, acts]} />
      </Menu>
    </span>
  )
}

/** Draws the terminals of a session; nothing while its Claude Code’s is the only one. `few`: only the menu, as a terminal to watch has no room for more. */
export function Tabs({ few, ...of }: Of & { readonly few: boolean }) {
  const shells = useShells(of.id)
  const shown = useShellOnShow(of.id)
  // At once: what has the focus goes with the tab, and the next key is for the terminal that shows then.
  const onClose = (shell: Shell): void => {
    of.onFocus()
    void closeShell(shell)
  }
  const all = { ...of, shells, shown, onClose }
  return (
    <span className={styles['tabs']} hidden={shells.length === 0}>
      {shells.length === 0 ? null : <Chooser {...all} few={few} />}
      {few || shells.length === 0 || shells.length > MOST_IN_ROW ? null : <Row {...all} />}
    </span>
  )
}

/** Draws the button that opens a shell, at the end where the buttons are: it stays where it is when there are more tabs. */
export function NewShell(of: Of) {
  const away = useAway()
  const keys = useKeys('shell.new')
  return (
    <IconButton
      small
      className={styles['new']}
      label="New shell"
      refused={away}
      {...(keys === undefined ? {} : { shortcut: keys })}
      onClick={() => void openAndGo(of)}
    >
      <SquareTerminal />
    </IconButton>
  )
}
