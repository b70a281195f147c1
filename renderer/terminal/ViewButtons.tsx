/** One terminal, two, or all of them: the two buttons for it. */

import { LayoutGrid, SquareSplitHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeys } from '../commands/use-keys.ts'
import { IconButton } from '../design/IconButton.tsx'
import { arrange, usePanes, type Panes } from '../state/panes.ts'
import { cascadeOf } from '../state/standing.ts'
import { useHouse } from '../state/store.ts'

type View = Exclude<Panes['terminals'], 'one'>

function ViewButton({ view, label, children }: { readonly view: View; readonly label: string; readonly children: ReactNode }) {
  const on = usePanes((panes) => panes.terminals === view)
  const keys = useKeys(`terminals.${view}`)
  const single = useHouse(({ projection }) => cascadeOf(projection.view?.sessions ?? []).length < 2)
  return (
    <IconButton
      small
      label={label}
      aria-pressed={on}
      refused={single && !on ? 'There is only one session.' : null}
      {...(keys === undefined ? {} : { shortcut: keys })}
      onClick={() => arrange((before) => ({ ...before, terminals: on ? 'one' : view }))}
    >
      {children}
    </IconButton>
  )
}

/** Draws the buttons. Pressing the one that is on leads back to one terminal. */
export function ViewButtons() {
  return (
    <>
      <ViewButton view="two" label="Two terminals side by side">
        <SquareSplitHorizontal />
      </ViewButton>
      <ViewButton view="grid" label="Watch up to six terminals">
        <LayoutGrid />
      </ViewButton>
    </>
  )
}
