/** Keeps a fault of one pane in that pane: the others go on, and the user can copy what it was and try again. */

import { Component, type ReactNode } from 'react'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'

type FenceProps = { readonly of: string; readonly children: ReactNode }
type FenceState = { readonly fault: string | null }

/** Draws its children, or a sentence about the fault that one of them had. React offers this to classes only. */
export class Fence extends Component<FenceProps, FenceState> {
  override state: FenceState = { fault: null }

  static getDerivedStateFromError(error: unknown): FenceState {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }

  override render(): ReactNode {
    const { fault } = this.state
    if (fault === null) return this.props.children
    return (
      <EmptyState
        title={`Something went wrong in the ${this.props.of}`}
        action={
          <>
            <Button onClick={() => this.setState({ fault: null })}>Try again</Button>
            <Button look="quiet" onClick={() => void navigator.clipboard.writeText(fault)}>
              Copy what it was
            </Button>
          </>
        }
      >
        The other panes go on. Your sessions are not touched by it.
      </EmptyState>
    )
  }
}
