/** The name of a file of the diff, in the list and above its lines: folders quieter, and first to give way. */

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
