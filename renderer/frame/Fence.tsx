/** Keeps a fault of one pane in that pane: the others go on, and the user can copy what it was and try again. */

import { Component, type ReactNode } from 'react'
import { Button } from '../design/Button.tsx'
import { CopyButton } from '../design/CopyButton.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import styles from './Fence.module.css'

type FenceProps = { readonly of: string; readonly children: ReactNode }
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
    if (fault === null) return this.props.children
    return (
      <div className={styles['fence']} role="alert">
        <EmptyState
          title={`Something went wrong in the ${this.props.of}`}
          action={
            <div className={styles['actions']}>
              <Button onClick={() => this.setState({ fault: null })}>Try again</Button>
              <CopyButton look="quiet" text={`Fault ${fault.id} in the ${this.props.of}\n${fault.what}`}>
                Copy what it was
              </CopyButton>
            </div>
          }
        >
          The other panes go on, and your sessions are not touched by it.
          <br />
          Fault <code>{fault.id}</code>
        </EmptyState>
      </div>
    )
  }
}
