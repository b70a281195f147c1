/** What a pane's header offers for the pane itself: the whole room for it, or none. And the way back at the edge of the window. */

import { ChevronsLeft, ChevronsRight, Maximize2, Minimize2 } from 'lucide-react'
import { flushSync } from 'react-dom'
import { useKeys } from '../commands/use-keys.ts'
import { IconButton } from '../design/IconButton.tsx'
import { arrange, focused, isShown, shown, toggled, usePanes, type Pane, type Panes } from '../state/panes.ts'
import styles from './Panes.module.css'

/** Arranges the panes and puts the focus on what took the place of the button that did it. */
function arrangeAndFocus(next: (before: Panes) => Panes, selector: string): void {
  flushSync(() => arrange(next))
  document.querySelector<HTMLElement>(selector)?.focus()
}

function Only({ of }: { readonly of: 'terminal' | 'review' }) {
  const on = usePanes((panes) => panes.alone === of)
  const keys = useKeys(`pane.only-${of}`)
  return (
    <IconButton
      small
      label={`Only the ${of}`}
      data-only={of}
      aria-pressed={on}
      {...(keys === undefined ? {} : { shortcut: keys })}
      onClick={() => arrange((before) => focused(before, of))}
    >
      {on ? <Minimize2 /> : <Maximize2 />}
    </IconButton>
  )
}

/** Draws the small buttons of a pane's header. */
export function PaneButtons({ of }: { readonly of: Pane }) {
  const keys = useKeys(`pane.hide-${of}`)
  return (
    <span className={styles['buttons']}>
      {of === 'queue' ? null : <Only of={of} />}
      <IconButton
        small
        label={`Fold the ${of} away`}
        data-fold={of}
        {...(keys === undefined ? {} : { shortcut: keys })}
        onClick={() => arrangeAndFocus((before) => toggled(before, of), `[data-unfold="${of}"]`)}
      >
        {of === 'terminal' ? <ChevronsLeft /> : <ChevronsRight />}
      </IconButton>
    </span>
  )
}

const NAMES: Readonly<Record<Pane, string>> = { terminal: 'Terminal', review: 'Review', queue: 'Queue' }

function Unfold({ pane }: { readonly pane: Pane }) {
  const keys = useKeys(`pane.hide-${pane}`)
  return (
    <button
      type="button"
      className={styles['unfold']}
      data-unfold={pane}
      onClick={() => arrangeAndFocus((before) => shown(before, pane), `[data-fold="${pane}"]`)}
    >
      {pane === 'terminal' ? <ChevronsRight /> : <ChevronsLeft />}
      <span>
        {NAMES[pane]}
        <span className="visually-hidden">: bring it back</span>
      </span>
      {keys === undefined ? null : <kbd aria-hidden="true">{keys}</kbd>}
    </button>
  )
}

/** Draws the way back to the panes that are folded away, at the edge where they were; nothing while one pane has the whole room by choice. */
export function Rail({ panes }: { readonly panes: readonly Pane[] }) {
  const layout = usePanes()
  const away = panes.filter((pane) => !isShown(layout, pane))
  const chosen = layout.alone !== null && layout.alone !== 'queue'
  if (chosen || away.length === 0) return null
  return (
    <nav className={styles['rail']} aria-label={`Folded away: ${away.map((pane) => NAMES[pane]).join(', ')}`}>
      {away.map((pane) => (
        <Unfold key={pane} pane={pane} />
      ))}
    </nav>
  )
}
