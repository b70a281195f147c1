/** What can be done with the lines that are selected in the diff: at its foot, over it, so that nothing moves. */

import { Copy, MessageSquarePlus, SquarePen, Undo2, X } from 'lucide-react'
import type { Lines } from '../../shared/model/review.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { linesWords } from './comments.ts'
import styles from './DiffView.module.css'

export type SelectionBarProps = {
  readonly lines: Lines
  readonly onComment: () => void
  readonly onCopy: () => void
  readonly onEdit: () => void
  /** Why the change there cannot be taken back. */
  readonly discardRefused: string | null
  readonly onDiscard: () => void
  readonly onClose: () => void
}

/** Draws it. */
export function SelectionBar({ lines, onComment, onCopy, onEdit, discardRefused, onDiscard, onClose }: SelectionBarProps) {
  const words = linesWords(lines)
  return (
    <div className={styles['selection']} role="toolbar" aria-label="Selected lines" data-selected-lines>
      <span className={styles['lines']}>{words.charAt(0).toUpperCase() + words.slice(1)}</span>
      <Button size="small" icon={<MessageSquarePlus />} onClick={onComment} aria-keyshortcuts="c">
        Comment
      </Button>
      <IconButton small label="Copy the lines" onClick={onCopy}>
        <Copy />
      </IconButton>
      <IconButton small label="Open in the editor here" onClick={onEdit}>
        <SquarePen />
      </IconButton>
      <IconButton small label="Discard this change…" refused={discardRefused} onClick={onDiscard}>
        <Undo2 />
      </IconButton>
      <IconButton small label="Select nothing" shortcut="Esc" onClick={onClose}>
        <X />
      </IconButton>
    </div>
  )
}
