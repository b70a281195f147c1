/** The dialogs in which a terminal asks before it pastes, or before it opens an address that is not the one that was read. */

import { useId, useRef, useState } from 'react'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { setSetting } from '../state/actions.ts'
import { asSeen } from '../state/as-seen.ts'
import { answerQuestion, useQuestion, type Question } from './questions.ts'
import styles from './Questions.module.css'

type Of<Kind extends Question['kind']> = { readonly question: Extract<Question, { kind: Kind }> }

/** More is not read before an answer. */
const MOST_SHOWN = 4_000

const no = (): void => answerQuestion(false)

function BeforePaste({ question: { paste } }: Of<'paste'>) {
  const [never, setNever] = useState(false)
  const label = useId()
  const safe = useRef<HTMLButtonElement>(null)
  const { text, lines, cleaned } = paste
  const yes = (): void => {
    if (never) void setSetting('confirmPaste', false)
    answerQuestion(true)
  }
  return (
    <Dialog
      open
      onClose={no}
      firstFocus={safe}
      asks
      title={lines > 1 ? `Paste ${lines} lines?` : 'Paste this?'}
      intro={
        text.includes('\r')
          ? 'The program in this terminal takes each end of a line as Enter, and may run each line at once.'
          : 'Read it before it is typed.'
      }
      footer={
        <>
          <Button ref={safe} onClick={no}>
            Cancel
          </Button>
          <Button look="primary" onClick={yes}>
            Paste
          </Button>
        </>
      }
    >
      <pre className={styles['preview']} aria-label="What is pasted">
        {asSeen(text.slice(0, MOST_SHOWN).replaceAll('\r', '\n'))}
        {text.length > MOST_SHOWN ? '\n…' : ''}
      </pre>
      {cleaned ? <p className={styles['note']}>Signs that are not seen, and would have been commands, were left out.</p> : null}
      <label className={styles['never']} htmlFor={label}>
        <input id={label} type="checkbox" checked={never} onChange={(event) => setNever(event.target.checked)} />
        Don’t ask again
      </label>
    </Dialog>
  )
}

function BeforeLink({ question: { text, target } }: Of<'link'>) {
  const safe = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onClose={no}
      firstFocus={safe}
      asks
      title="This link leads somewhere else"
      intro="What it says is not where it leads."
      footer={
        <>
          <Button ref={safe} onClick={no}>
            Cancel
          </Button>
          <Button onClick={() => answerQuestion(true)}>Open it</Button>
        </>
      }
    >
      <dl className={styles['both']}>
        <dt>It says</dt>
        <dd>{asSeen(text)}</dd>
        <dt>It leads to</dt>
        <dd>{target}</dd>
      </dl>
    </Dialog>
  )
}

/** Draws the question that is open, if there is one. */
export function Questions() {
  const question = useQuestion((state) => state.question)
  if (question === null) return null
  return question.kind === 'paste' ? <BeforePaste question={question} /> : <BeforeLink question={question} />
}
