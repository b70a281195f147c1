/** Something that is dragged over an element and dropped on it. Knows files and folders, not what they are for. */

import { useRef, useState, type DragEvent } from 'react'

type Handlers = {
  readonly onDragEnter: (event: DragEvent) => void
  readonly onDragOver: (event: DragEvent) => void
  readonly onDragLeave: () => void
  readonly onDrop: (event: DragEvent) => void
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')

/** Takes what to do with the first thing that is dropped; gives whether one hovers, and the handlers for the element. */
export function useDrop(onDrop: (dropped: File, isFolder: boolean) => void): {
  readonly over: boolean
  readonly handlers: Handlers
} {
  /** Every element inside tells of its own entering and leaving. */
  const depth = useRef(0)
  const [over, setOver] = useState(false)
  const move = (by: number): void => {
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  return {
    over,
    handlers: {
      onDragEnter: (event) => (carriesFiles(event) ? move(1) : undefined),
      onDragLeave: () => move(-1),
      onDragOver: (event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'link'
      },
      onDrop: (event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        move(-depth.current)
        const [first] = event.dataTransfer.files
        const entry = event.dataTransfer.items[0]?.webkitGetAsEntry()
        if (first !== undefined) onDrop(first, entry?.isDirectory ?? true)
      },
    },
  }
}
