/** The opening of a repository from a path: typed, picked from the recent ones, chosen, or dropped. */

import { useState } from 'react'
import { openRepository } from '../state/actions.ts'
import { desktop } from '../state/desktop.ts'
import { useAway } from '../state/store.ts'
import { guessPath } from './folders.ts'

export type Opening = {
  readonly path: string
  readonly opening: boolean
  /** A sentence: why it did not open, or what is left to do. */
  readonly sentence: { readonly tone: 'bad' | 'calm'; readonly words: string } | null
  readonly away: string | null
  type(path: string): void
  open(path: string): void
  /** Lets the user choose in the system's own way; null in a browser. */
  readonly choose: (() => void) | null
  drop(dropped: File, isFolder: boolean): void
}

/** Takes the recent repositories; gives what a view needs to open one. */
export function useOpening(recent: readonly string[]): Opening {
  const away = useAway()
  const [path, setPath] = useState('')
  const [opening, setOpening] = useState(false)
  const [sentence, setSentence] = useState<Opening['sentence']>(null)
  const host = desktop()

  const open = async (chosen: string): Promise<void> => {
    const wanted = chosen.trim()
    if (wanted === '' || away !== null || opening) return
    setOpening(true)
    setSentence(null)
    const failure = await openRepository(wanted)
    setOpening(false)
    if (failure === null) return
    // What was typed meanwhile stays.
    setPath((now) => (now === path ? wanted : now))
    setSentence({ tone: 'bad', words: failure.message })
  }
  const choose = async (): Promise<void> => {
    const chosen = await host?.chooseFolder()
    if (chosen !== null && chosen !== undefined) await open(chosen)
  }
  const drop = (dropped: File, isFolder: boolean): void => {
    if (!isFolder) return setSentence({ tone: 'bad', words: `“${dropped.name}” is a file. Drop the folder of a repository.` })
    const known = host?.pathOf(dropped) ?? ''
    if (known !== '') return void open(known)
    setPath(guessPath(dropped.name, recent))
    setSentence({
      tone: 'calm',
      words: `A browser does not tell where “${dropped.name}” lies. Check the path, then open it.`,
    })
  }
  return {
    path,
    opening,
    sentence,
    away,
    type: (text) => {
      setPath(text)
      setSentence(null)
    },
    open: (chosen) => void open(chosen),
    choose: host === null ? null : () => void choose(),
    drop,
  }
}
