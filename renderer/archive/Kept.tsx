/** What archiving keeps and what goes: two lists, and the paths behind their numbers. */

import { Check, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Leavings } from '../../shared/model/archive.ts'
import styles from './Archive.module.css'
import { goesLine, keptLines, restLine, sizeWords } from './wording.ts'

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li className={styles['line']}>
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
      <div className={styles['said']}>{children}</div>
    </li>
  )
}

/** More paths than these are counted. */
const MOST = 200

function Paths({ paths }: { readonly paths: readonly string[] }) {
  return (
    <details className={styles['paths']}>
      <summary>Show them</summary>
      <ul className={styles['scroll']}>
        {paths.slice(0, MOST).map((path) => (
          <li key={path} title={path}>
            <code>{path}</code>
          </li>
        ))}
        {paths.length > MOST ? <li>and {(paths.length - MOST).toLocaleString('en')} more</li> : null}
      </ul>
    </details>
  )
}

/** It may scroll by keys: nothing in it takes the focus. */
const SCROLLED = { tabIndex: 0 } as const

function Goes({ leavings }: { readonly leavings: Leavings }) {
  const line = goesLine(leavings)
  const rest = restLine(leavings)
  if (line === null) return <p className={styles['nothing']}>Nothing: git ignores no file of it.</p>
  return (
    <ul className={styles['lines']}>
      <Line icon={<Trash2 />}>
        {line}
        {leavings.ignored.length === 0 ? null : (
          <section className={styles['scroll']} aria-label="Ignored files" {...SCROLLED}>
            <table className={styles['sizes']}>
              <tbody>
                {leavings.ignored.map(({ path, bytes }) => (
                  <tr key={path}>
                    <td title={path}>
                      <code>{path}</code>
                    </td>
                    <td className={styles['size']}>{sizeWords(bytes)}</td>
                  </tr>
                ))}
                {rest === null ? null : (
                  <tr>
                    <td colSpan={2} className={styles['rest']}>
                      {rest}
                    </td>
                  </tr>
                )}
              </tbody>
            </table>
          </section>
        )}
      </Line>
    </ul>
  )
}

/** Draws both lists. */
export function Kept({ leavings, branch }: { readonly leavings: Leavings; readonly branch: string }) {
  return (
    <>
      <section className={styles['part']}>
        <h3 className={styles['heading']}>Is kept, and comes back with “Restore”</h3>
        <ul className={styles['lines']}>
          {keptLines(leavings, branch).map((line) => (
            <Line key={line} icon={<Check />}>
              {line}
              {line.includes('uncommitted') ? <Paths paths={leavings.uncommitted} /> : null}
            </Line>
          ))}
        </ul>
      </section>
      <section className={styles['part']}>
        <h3 className={styles['heading']}>Goes with its worktree</h3>
        <Goes leavings={leavings} />
      </section>
    </>
  )
}
