/** A button that copies a text and says for a moment that it did. Both words have their room, so that nothing moves. */

import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import styles from './CopyButton.module.css'

/** As long as a glance takes. */
const SAID = 2_000

export type CopyButtonProps = Pick<ButtonProps, 'size' | 'look'> & { readonly text: string; readonly children: ReactNode }

type CopyState = 'ready' | 'copied' | 'refused'
const SPOKEN: Readonly<Record<CopyState, string>> = {
  ready: '',
  copied: 'Copied',
  refused: 'The browser did not allow copying',
}

/** Draws the button. */
export function CopyButton({ text, children, ...rest }: CopyButtonProps) {
  const [state, setState] = useState<CopyState>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = window.setTimeout(() => setState('ready'), SAID)
    return () => window.clearTimeout(timer)
  }, [state])
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  }
  return (
    <>
      <Button {...rest} icon={state === 'copied' ? <Check /> : <Copy />} onClick={copy}>
        <span className={styles['words']}>
          <span data-shown={state === 'ready'}>{children}</span>
          <span data-shown={state === 'copied'} aria-hidden="true">
            Copied
          </span>
          <span data-shown={state === 'refused'} aria-hidden="true">
            Refused
          </span>
        </span>
      </Button>
      <output className="visually-hidden">{SPOKEN[state]}</output>
    </>
  )
}
