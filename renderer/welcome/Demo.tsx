/** The demonstration: a Sluice of its own with a sample repository, one minute long. Nothing of the user's is touched. */

import { ExternalLink, Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../design/Button.tsx'
import { startDemo } from '../state/finding.ts'
import { useAway } from '../state/store.ts'
import styles from './Welcome.module.css'

type DemoState =
  | { readonly kind: 'offered' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly message: string }

const WORDS = {
  offered: 'Sample sessions in a sample repository. Free; nothing of yours is touched.',
  starting: 'Making the sample repository; this takes some seconds.',
  ready: 'The demo runs. It opens in a tab of its own and ends with Sluice.',
} as const

const focus = (link: HTMLAnchorElement | null): void => link?.focus()

/** Draws the button, then the link to what it started. */
export function Demo() {
  const away = useAway()
  const [state, setState] = useState<DemoState>({ kind: 'offered' })
  const start = async (): Promise<void> => {
    setState({ kind: 'starting' })
    const started = await startDemo()
    setState(started.ok ? { kind: 'ready', url: started.value } : { kind: 'failed', message: started.failure.message })
  }
  return (
    <section className={styles['demo']} aria-label="Demo">
      {state.kind === 'ready' ? (
        // The keyboard was on the button that this replaces.
        <a ref={focus} className={styles['link']} href={state.url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden="true" />
          Open the demo
        </a>
      ) : (
        <Button icon={<Play />} busy={state.kind === 'starting'} refused={away} onClick={() => void start()}>
          Watch the demo, one minute
        </Button>
      )}
      <p
        className={styles['aside']}
        role={state.kind === 'failed' ? 'alert' : 'status'}
        data-failed={state.kind === 'failed' || undefined}
      >
        {state.kind === 'failed' ? state.message : WORDS[state.kind]}
      </p>
    </section>
  )
}
