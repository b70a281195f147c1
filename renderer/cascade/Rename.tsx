/** Another name for a session, typed where the name stands. Enter keeps it, and so does going elsewhere; Escape leaves it as it was. */

import { Popover } from '@base-ui/react/popover'
import { useRef, useState, type RefObject } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { rename } from '../state/actions.ts'
import { setRenaming, toast } from '../state/store.ts'
import { renameProblem } from './naming.ts'
import styles from './Rename.module.css'

export type RenameProps = {
  readonly session: Pick<Session, 'id' | 'name'>
  readonly taken: readonly string[]
  /** The tab: the field stands over it, and the focus goes back there. */
  readonly tab: RefObject<HTMLElement | null>
}

/** Draws the field over the tab. */
export function Rename({ session, taken, tab }: RenameProps) {
  const [typed, setTyped] = useState(session.name)
  const [refusal, setRefusal] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const elsewhere = useRef(false)
  const problem = renameProblem(typed, session.name, taken) ?? refusal

  const keep = async (): Promise<void> => {
    if (typed === session.name) return setRenaming(null)
    if (renameProblem(typed, session.name, taken) !== null) return
    const failure = await rename(session.name, typed)
    if (failure === null) setRenaming(null)
    else setRefusal(failure.message)
  }

  /** The user went elsewhere: a good name is kept, and the focus stays where they went. */
  const keepBehind = (): void => {
    elsewhere.current = true
    setRenaming(null)
    if (typed === session.name || renameProblem(typed, session.name, taken) !== null) return
    void rename(session.name, typed).then((failure) =>
      failure === null ? undefined : toast({ tone: 'failure', message: failure.message }),
    )
  }

  const onOpenChange = (open: boolean, { reason }: Popover.Root.ChangeEventDetails): void => {
    if (open) return
    if (reason === 'escape-key') setRenaming(null)
    else keepBehind()
  }

  return (
    <Popover.Root open onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner anchor={tab} side="bottom" align="start" sideOffset={({ anchor }) => -anchor.height}>
          <Popover.Popup
            className={styles['rename']}
            aria-label={`Rename ${session.name}`}
            initialFocus={field}
            finalFocus={() => (elsewhere.current ? false : tab.current)}
            onKeyDown={(event) => event.stopPropagation()}
          >
            <input
              ref={field}
              className={styles['field']}
              aria-label="Name"
              aria-invalid={problem === null ? undefined : true}
              aria-describedby={`rename-${session.id}`}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                setTyped(event.target.value)
                setRefusal(null)
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                void keep()
              }}
            />
            <p id={`rename-${session.id}`} className={problem === null ? styles['hint'] : styles['problem']} aria-live="polite">
              {problem ?? 'Enter keeps the name. Branch and worktree stay as they are.'}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
