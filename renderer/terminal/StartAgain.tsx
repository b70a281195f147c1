/** The button under a terminal whose process has ended, by which it is started again. */

import { useState, type ReactNode } from 'react'
import { Button } from '../design/Button.tsx'

type StartAgainProps = {
  /** The keyboard goes to it when it leads into this terminal: its screen starts nothing. */
  readonly led?: boolean
  readonly icon: ReactNode
  readonly refused: string | null
  /** Settles once it was started, or was not. */
  readonly start: () => Promise<unknown>
  readonly children: ReactNode
}

/** Draws it; busy until it is settled. */
export function StartAgain({ led = false, icon, refused, start, children }: StartAgainProps) {
  const [starting, setStarting] = useState(false)
  return (
    <Button
      size="small"
      data-start-again={led ? '' : undefined}
      icon={icon}
      busy={starting}
      refused={refused}
      onClick={() => {
        setStarting(true)
        void start().finally(() => setStarting(false))
      }}
    >
      {children}
    </Button>
  )
}
