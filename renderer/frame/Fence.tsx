/** Keeps a fault of one part of the window in that part: the others go on, and the user can copy what it was and try again. */

import { Component, type ReactNode } from 'react'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { CopyButton } from '../design/CopyButton.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import styles from './Fence.module.css'

type Part = 'window' | 'terminal' | 'review' | 'queue' | 'cascade' | 'top bar' | 'status bar' | 'dialog'

/** Parts with room for more than one line about it. */
const ROOMS: ReadonlySet<Part> = new Set(['window', 'terminal', 'review', 'queue'])

type FenceProps = {
  /** What it is a fence around. */
  readonly of: Part
  readonly children: ReactNode
  /** What is done before it is drawn again. */
  readonly onAgain?: () => void
}
type Fault = { readonly id: string; readonly what: string }
type FenceState = { readonly fault: Fault | null }

/** As short as the House's own, so that it can be read to somebody. */
const newId = (): string => `p-${crypto.randomUUID().slice(0, 8)}`

/** Draws its children, or a sentence about the fault that one of them had. React offers this to classes only. */
export class Fence extends Component<FenceProps, FenceState> {
  override state: FenceState = { fault: null }

  static getDerivedStateFromError(error: unknown): FenceState {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { fault: { id: newId(), what } }
  }

  override componentDidCatch(): void {
    const { fault } = this.state
    // The stack itself was written by React; the id makes it findable.
    if (fault !== null) console.error(`Fault ${fault.id} in the ${this.props.of}.`)
  }

  override render(): ReactNode {
    const { fault } = this.state
    const { of, children, onAgain } = this.props
    if (fault === null) return children
    const title = `Something went wrong in the ${of}`
    const rest = `${of === 'window' ? 'Your' : 'The rest of the window goes on, and your'} sessions are not touched by it.`
    const actions = (
      <div className={styles['actions']}>
        <Button
          size="small"
          onClick={() => {
            onAgain?.()
            this.setState({ fault: null })
          }}
        >
          Try again
        </Button>
        <CopyButton size="small" look="quiet" text={`Fault ${fault.id} in the ${of}\n${fault.what}`}>
          Copy what it was
        </CopyButton>
      </div>
    )
    if (!ROOMS.has(of)) {
      return (
        <Banner tone="bad" action={actions}>
          {title}. {rest} Fault <code>{fault.id}</code>
        </Banner>
      )
    }
    return (
      <div className={styles['fence']} role="alert">
        <EmptyState title={title} action={actions}>
          {rest}
          <br />
          Fault <code>{fault.id}</code>
        </EmptyState>
      </div>
    )
  }
}
