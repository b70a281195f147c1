/** What a session asks for, above its terminal: a permission to approve or deny here, or questions that lead into the terminal. */

import { Check, CornerDownLeft, X } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { keysOf, signsOf } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import { Button } from '../design/Button.tsx'
import { Keys } from '../design/Keys.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { answer } from '../state/actions.ts'
import { asSeen } from '../state/as-seen.ts'
import { useAway, useSettings } from '../state/store.ts'
import styles from './Asking.module.css'
import { useAnswerable } from './use-answerable.ts'

export type AskingProps = {
  readonly session: Session
  /** Keys mean this one. */
  readonly selected: boolean
  /** Puts the keyboard into the terminal. */
  readonly onTerminal: () => void
}

function Shortcut({ of, selected }: { readonly of: CommandId; readonly selected: boolean }) {
  const first = keysOf(of, useSettings().shortcuts)[0]
  if (first === undefined || !selected) return null
  return (
    <span className={styles['keys']} aria-hidden="true">
      <Keys signs={signsOf(first)} />
    </span>
  )
}

function Card({ label, title, children, buttons }: Readonly<Record<'label' | 'title' | 'children' | 'buttons', ReactNode>>) {
  const id = useId()
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <p className={styles['title']}>
        <StateMark shape="disc" tone="needs-you" />
        <span id={id} className="visually-hidden">
          {label}
        </span>
        {title}
      </p>
      {children}
      <div className={styles['buttons']}>{buttons}</div>
    </section>
  )
}

type PermissionProps = AskingProps & { readonly permission: NonNullable<Session['permission']> }

function PermissionCard({ session, permission, selected, onTerminal }: PermissionProps) {
  const { id, tool, input, more } = permission
  const [answering, setAnswering] = useState<'allow' | 'deny' | null>(null)
  const may = useAnswerable(id, selected)
  const away = useAway()
  const say = (allow: boolean): void => {
    // Silently, as Claude Code's own dialog: whoever meant it presses again.
    if (may.current !== id) return
    setAnswering(allow ? 'allow' : 'deny')
    void answer(session.name, id, allow).finally(() => setAnswering(null))
  }
  const other = answering === null ? away : 'Its answer is on its way.'
  return (
    <Card
      label={`Permission for ${session.name}`}
      title={
        <>
          <strong className={styles['tool']}>{tool}</strong>
          <span className={styles['says']}>needs your permission</span>
          {more === 0 ? null : <span className={styles['more']}>{more} more after this</span>}
        </>
      }
      buttons={
        <>
          <Button
            size="small"
            look="primary"
            icon={<Check />}
            busy={answering === 'allow'}
            refused={answering === 'allow' ? null : other}
            onClick={() => say(true)}
          >
            Approve
          </Button>
          <Shortcut of="session.allow" selected={selected} />
          <Button
            size="small"
            icon={<X />}
            busy={answering === 'deny'}
            refused={answering === 'deny' ? null : other}
            onClick={() => say(false)}
          >
            Deny
          </Button>
          <Shortcut of="session.deny" selected={selected} />
          <Button size="small" look="quiet" className={styles['last']} onClick={onTerminal}>
            Answer in the terminal
          </Button>
        </>
      }
    >
      {input === '' ? null : (
        // A scrolling region must be reachable by keyboard. Keyed: each is read from its beginning, however far the one before was scrolled.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section key={id} className={styles['input']} aria-label={`What ${tool} is to be used for`} tabIndex={0} dir="ltr">
          {asSeen(input)}
        </section>
      )}
    </Card>
  )
}

function Questions({ session, onTerminal }: AskingProps) {
  return (
    <Card
      label={`Question of ${session.name}`}
      title={
        <span className={styles['says']}>
          {session.questions?.length === 1 ? 'It asks you' : 'It asks you, one after the other'}
        </span>
      }
      buttons={
        <Button size="small" look="primary" icon={<CornerDownLeft />} onClick={onTerminal}>
          Answer in the terminal
        </Button>
      }
    >
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className={styles['questions']} tabIndex={0} aria-label="Questions">
        {session.questions?.map(({ question, options }) => (
          <li key={question}>
            <p className={styles['question']}>{asSeen(question)}</p>
            <ul className={styles['options']} aria-label="Answers it offers">
              {options.map((option) => (
                <li key={option}>{asSeen(option)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Draws the card; nothing while the session asks for nothing. */
export function Asking(props: AskingProps) {
  const { permission, questions } = props.session
  if (permission !== undefined) return <PermissionCard {...props} permission={permission} />
  return questions === undefined || questions.length === 0 ? null : <Questions {...props} />
}
