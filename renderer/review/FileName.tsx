/** The name of a file of the diff, in the list and above its lines: folders quieter, and first to give way. */

import { Size } from '../design/Badge.tsx'
import { splitPath } from '../state/format.ts'
import styles from './FileName.module.css'

function Path({ path }: { readonly path: string }) {
  const { folder, name } = splitPath(path)
  return (
    <span className={styles['path']}>
      <span className={styles['folder']}>{folder}</span>
      <span className={styles['name']}>{name}</span>
    </span>
  )
}

/** Draws the name, and the one before it of a file that was renamed. */
export function FileName({ path, oldPath }: { readonly path: string; readonly oldPath?: string | undefined }) {
  return (
    <span className={styles['paths']}>
      {oldPath === undefined ? null : (
        <>
          <Path path={oldPath} />
          <span className={styles['arrow']}> → </span>
        </>
      )}
      <Path path={path} />
    </span>
  )
}

type Hunk = { readonly additionLines: number; readonly deletionLines: number }
type Headed = { readonly name: string; readonly prevName?: string | undefined; readonly hunks: readonly Hunk[] }

/** Draws what stands above the lines of one file. */
export function FileHeader({ file: { name, prevName, hunks } }: { readonly file: Headed }) {
  const count = (of: keyof Hunk): number => hunks.reduce((sum, hunk) => sum + hunk[of], 0)
  return (
    <div className={styles['header']} title={prevName === undefined ? name : `${prevName} → ${name}`}>
      <FileName path={name} oldPath={prevName} />
      {hunks.length === 0 ? null : (
        <span className={styles['size']}>
          <Size insertions={count('additionLines')} deletions={count('deletionLines')} />
        </span>
      )}
    </div>
  )
}
