/** The page of the keys: every command with what runs it. */

import { useRef, useState } from 'react'
import type { Settings } from '../../shared/model/settings.ts'
import { Button } from '../design/Button.tsx'
import field from '../design/Field.module.css'
import { cx } from '../design/cx.ts'
import { KeyRecorder } from './KeyRecorder.tsx'
import { sections, titleOf } from './rebinding.ts'
import { save, sayUnkept } from './saving.ts'
import styles from './Shortcuts.module.css'

type Shortcuts = Settings['shortcuts']

/** Keeps what becomes of the keys. They travel all together: a change made before the last one came back stands on that one. */
function useKeeping(shortcuts: Shortcuts): (change: (before: Shortcuts) => Shortcuts, words: string) => void {
  const onTheWay = useRef<Shortcuts | null>(null)
  return (change, words) => {
    const next = change(onTheWay.current ?? shortcuts)
    onTheWay.current = next
    void save({ owner: 'you', key: 'shortcuts' }, next, words).then((failure) => {
      if (onTheWay.current === next) onTheWay.current = null
      // A fault shows itself.
      if (failure !== null && failure.code !== 'fault') sayUnkept(failure.message, 'Shortcuts')
    })
  }
}

/** Draws the page. */
export function Shortcuts({ shortcuts }: { readonly shortcuts: Shortcuts }) {
  const [text, setText] = useState('')
  const keep = useKeeping(shortcuts)
  const found = sections(text, shortcuts)
  const isUsual = Object.keys(shortcuts).length === 0
  return (
    <div className={styles['page']} data-setting="shortcuts">
      <div className={styles['bar']}>
        <span className={cx(field['control'], field['line'])}>
          <input
            className={field['input']}
            aria-label="Find a command"
            placeholder="Find a command or its keys"
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        <Button
          refused={isUsual ? 'Every command has its usual keys.' : null}
          onClick={() => keep(() => ({}), 'Every command has its usual keys again.')}
        >
          Reset all
        </Button>
      </div>
      {found.length === 0 ? <p className={styles['note']}>No command is called that, and none has these keys.</p> : null}
      {found.map(({ group, ids }) => (
        <section key={group} aria-label={group} className={styles['group']}>
          <h3 className={styles['head']}>{group}</h3>
          <ul>
            {ids.map((id) => (
              <KeyRecorder
                key={id}
                id={id}
                shortcuts={shortcuts}
                onChange={(change) => keep(change, `The keys of “${titleOf(id)}” are saved.`)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
