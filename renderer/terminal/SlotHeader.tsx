/** The bar above one terminal: whose it is, and what can be done about it. */

import { ArrowLeftRight, ChevronDown, Ellipsis, LayoutGrid, Maximize2, SquareSplitHorizontal, SquareTerminal } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import { keysOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { cx } from '../design/cx.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { openShell } from '../state/actions.ts'
import { arrange, focused, usePanes } from '../state/panes.ts'
import { cascadeOf } from '../state/standing.ts'
import { select, sessionOnShow, useAway, useHouse, useSettings, useWindow } from '../state/store.ts'
import { Details } from './Details.tsx'
import { FindButton } from './FindButton.tsx'
import type { SlotProps } from './Slot.tsx'
import { NewShell, Tabs } from './Tabs.tsx'
import styles from './Terminals.module.css'

/** Where a terminal stands: first, beside the first, or as one of those to watch. */
export type Place = 'first' | 'beside' | 'watched'

/** Makes the session beside the selected one the selected one, and the other way round. */
function swap(id: string): void {
  const selected = sessionOnShow(useHouse.getState().projection.view?.sessions ?? [], useWindow.getState().selected)
  arrange((before) => ({ ...before, beside: selected?.id ?? null }))
  select(id)
}

function Chooser({ id, name }: { readonly id: string; readonly name: string }) {
  const selected = useWindow((state) => state.selected)
  const ids = useHouse(useShallow(({ projection }) => cascadeOf(projection.view?.sessions ?? []).map((one) => one.id)))
  const names = useHouse(useShallow(({ projection }) => cascadeOf(projection.view?.sessions ?? []).map((one) => one.name)))
  const lines = ids.flatMap((one, at) =>
    one === id || one === selected
      ? []
      : [{ label: names[at] ?? one, onPick: () => arrange((before) => ({ ...before, beside: one })) }],
  )
  if (lines.length === 0) return name
  return (
    <Menu
      trigger={
        <button type="button" className={styles['chooser']} aria-label={`${name}, choose another session to stand here`}>
          <span className={styles['cut']}>{name}</span>
          <ChevronDown />
        </button>
      }
    >
      <MenuLines groups={[lines]} />
    </Menu>
  )
}

type SlotHeaderProps = SlotProps & { readonly name: string; readonly onFocus: () => void }

/** What does not fit into the header of a narrow terminal. */
function More({ id, name, onFocus }: Pick<SlotHeaderProps, 'id' | 'name' | 'onFocus'>) {
  const { shortcuts } = useSettings()
  const alone = usePanes((panes) => panes.alone === 'terminal')
  const away = useAway()
  const keys = (command: CommandId): readonly string[] | undefined => {
    const first = keysOf(command, shortcuts)[0]
    return first === undefined ? undefined : signsOf(first)
  }
  const swapped = (): void => {
    swap(id)
    onFocus()
  }
  return (
    <span className={styles['more']}>
      <Menu
        align="end"
        trigger={
          <IconButton small label={`Terminal of ${name}: more`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuLines
          groups={[
            [
              { label: `Go to ${name}`, icon: <ArrowLeftRight />, onPick: swapped },
              {
                label: 'New shell',
                icon: <SquareTerminal />,
                refused: away,
                onPick: () => void openShell({ name }).then((done) => done && onFocus()),
              },
            ],
            [
              {
                label: 'Two terminals side by side',
                icon: <SquareSplitHorizontal />,
                keys: keys('terminals.two'),
                checked: true,
                onPick: () => arrange((before) => ({ ...before, terminals: 'one' })),
              },
              {
                label: 'Watch up to six terminals',
                icon: <LayoutGrid />,
                keys: keys('terminals.grid'),
                checked: false,
                onPick: () => arrange((before) => ({ ...before, terminals: 'grid' })),
              },
              {
                label: 'Only the terminal',
                icon: <Maximize2 />,
                keys: keys('pane.only-terminal'),
                checked: alone,
                onPick: () => arrange((before) => focused(before, 'terminal')),
              },
            ],
          ]}
        />
      </Menu>
    </span>
  )
}

/** Draws the header of a slot. */
export function SlotHeader({ id, name, place, paired, selected, corner, menuOf, stateOf, onFocus }: SlotHeaderProps) {
  const watched = place === 'watched'
  return (
    <header className={cx(styles['header'], watched && styles['slim'])} data-place={place}>
      <h2 className={cx(styles['name'], place !== 'first' && styles['pressable'])}>
        {place === 'beside' ? <Chooser id={id} name={name} /> : null}
        {place === 'first' ? name : null}
        {watched ? (
          <button
            type="button"
            className={styles['go']}
            aria-label={`Go to ${name}`}
            onClick={() => {
              select(id)
              onFocus()
            }}
          >
            {name}
          </button>
        ) : null}
      </h2>
      <Tabs id={id} name={name} few={watched} onFocus={onFocus} />
      {watched ? (
        <span className={styles['state']}>{stateOf(id)}</span>
      ) : (
        <span className={styles['state']}>
          <Details id={id}>{paired ? stateOf(id) : undefined}</Details>
        </span>
      )}
      {watched ? null : <NewShell id={id} name={name} onFocus={onFocus} />}
      {place === 'beside' ? (
        <IconButton
          small
          className={styles['swap']}
          label={`Go to ${name}`}
          onClick={() => {
            swap(id)
            onFocus()
          }}
        >
          <ArrowLeftRight />
        </IconButton>
      ) : null}
      {selected && !watched ? <FindButton /> : null}
      {selected ? menuOf(id) : null}
      {place === 'beside' ? <More id={id} name={name} onFocus={onFocus} /> : null}
      {corner}
    </header>
  )
}
