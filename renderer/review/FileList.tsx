/** The files of a diff: what happened to each, how much, and the way to it. */

import type { DiffFile, FileStatus } from '../../shared/model/diff.ts'
import { Size } from '../design/Badge.tsx'
import { FileName } from './FileName.tsx'
import styles from './FileList.module.css'

const STATUS: Readonly<Record<FileStatus, { readonly letter: string; readonly word: string }>> = {
  added: { letter: 'A', word: 'Added' },
  modified: { letter: 'M', word: 'Modified' },
  deleted: { letter: 'D', word: 'Deleted' },
  renamed: { letter: 'R', word: 'Renamed' },
  copied: { letter: 'C', word: 'Copied' },
  'type-changed': { letter: 'T', word: 'Type changed' },
  unmerged: { letter: 'U', word: 'Not merged' },
}

/** Draws the list; choosing a file shows it in the diff. */
export function FileList({ files, onOpen }: { readonly files: readonly DiffFile[]; readonly onOpen: (path: string) => void }) {
  return (
    <ul className={styles['files']} aria-label="Changed files">
      {files.map((file) => {
        const whole = file.oldPath === undefined ? file.path : `${file.oldPath} → ${file.path}`
        const status = STATUS[file.status]
        return (
          <li key={file.path}>
            <button type="button" className={styles['file']} onClick={() => onOpen(file.path)} title={whole}>
              <span className={styles['status']} data-status={file.status}>
                <span aria-hidden="true">{status.letter}</span>
                <span className="visually-hidden">{status.word}</span>
              </span>
              <FileName path={file.path} oldPath={file.oldPath} />
              <span className={styles['size']}>
                {file.binary ? 'binary' : <Size insertions={file.insertions} deletions={file.deletions} />}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
