/** The sheet of all keys, made from the table of commands. */

import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Keys } from '../design/Keys.tsx'
import { keysOf, signsOf } from '../commands/keys.ts'
import { COMMAND_IDS, commandOf, GROUPS, type Group } from '../commands/table.ts'
import { closeDialog, openDialog, useSettings } from '../state/store.ts'
import styles from './ShortcutsSheet.module.css'

type Line = { readonly title: string; readonly all: readonly (readonly string[])[] }

/** The keys that no command has: they are as many as there are sessions. */
const DIGITS: Line = { title: 'Go to a session by its number', all: [['1', '…', '9']] }

function Section({ group, lines }: { readonly group: Group; readonly lines: readonly Line[] }) {
  return (
    <section className={styles['group']} aria-label={group}>
      <h3 className={styles['title']}>{group}</h3>
      <dl>
        {lines.map(({ title, all }) => (
          <div key={title} className={styles['line']}>
            <dt>{title}</dt>
            <dd className={styles['keys']}>
              {all.map((signs) => (
                <Keys key={signs.join(' ')} signs={signs} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Draws the dialog “Keyboard shortcuts”. */
export function ShortcutsSheet() {
  const { shortcuts } = useSettings()
  const linesOf = (group: Group): readonly Line[] => {
    const lines = COMMAND_IDS.filter((id) => commandOf(id).group === group)
      .map((id) => ({ title: commandOf(id).title.replace(/…$/u, ''), all: keysOf(id, shortcuts).map((keys) => signsOf(keys)) }))
      .filter(({ all }) => all.length > 0)
    return group === 'Sessions' ? [DIGITS, ...lines] : lines
  }
  const palette = keysOf('palette', shortcuts)[0]
  const find = keysOf('terminal.find', shortcuts)[0]
  const leave = keysOf('pane.leave-terminal', shortcuts)[0]
  return (
    <Dialog
      open
      wide
      toRead
      title="Keyboard shortcuts"
      onClose={closeDialog}
      intro={
        <>
          While you type in a terminal, its program gets the keys. Only a few combinations work there too
          {find === undefined ? null : (
            <>
              , such as <Keys signs={signsOf(find)} /> to find
            </>
          )}
          .
          {leave === undefined ? null : (
            <>
              {' '}
              To leave the terminal, press <Keys signs={signsOf(leave)} />.
            </>
          )}
        </>
      }
      footer={
        <>
          <span className={styles['note']}>
            Commands without keys are in the palette{palette === undefined ? '.' : ':'}
            {palette === undefined ? null : <Keys signs={signsOf(palette)} />}
          </span>
          <Button onClick={() => openDialog('settings', { at: 'shortcuts', back: 'shortcuts' })}>Change the keys…</Button>
        </>
      }
    >
      <div className={styles['sheet']}>
        {GROUPS.map((group) => (
          <Section key={group} group={group} lines={linesOf(group)} />
        ))}
      </div>
    </Dialog>
  )
}
