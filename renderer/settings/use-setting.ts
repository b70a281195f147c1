/** One setting while it is edited: kept when its field is left and the text is valid, or at once when it was chosen. */

import { useEffect, useRef, useState } from 'react'
import { toast } from '../state/store.ts'
import type { SettingField } from './fields.ts'
import { repositoryNow, save } from './saving.ts'
import { defaultOf, problemOf, read, written } from './settings-form.ts'

type Pending =
  /** Typed, not kept. */
  | { readonly kind: 'typed'; readonly text: string }
  /** Kept; shown until the House's own word comes. */
  | { readonly kind: 'kept'; readonly value: unknown; readonly over: string }

export type Setting = {
  readonly value: unknown
  readonly text: string
  readonly problem: string | null
  readonly onText: (text: string) => void
  readonly onLeave: () => void
  readonly onChoose: (value: unknown) => void
  readonly onReset: () => void
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Takes the setting and its value. What is typed and not kept when the field goes away is kept then, or the user reads why not. */
export function useSetting(field: SettingField, value: unknown): Setting {
  const [pending, setPending] = useState<Pending | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const now = JSON.stringify(value)
  const kept = pending?.kind === 'kept' && pending.over === now ? pending.value : value
  const typed = pending?.kind === 'typed' ? pending.text : null
  const wrong = typed === null ? null : problemOf(field, read(field.control, typed))

  const words = `“${field.label}” is saved.`
  const keep = (next: unknown): void => {
    setPending({ kind: 'kept', value: next, over: now })
    setRefusal(null)
    if (same(next, value)) return
    void save(field, next, words).then((failure) => {
      setRefusal(failure)
      // What was typed stays where the reason stands; a choice goes back.
      if (failure !== null) setPending(typed === null ? null : { kind: 'typed', text: typed })
    })
  }
  const onLeave = (): void => {
    if (typed !== null && wrong === null) keep(read(field.control, typed))
  }

  const [repository] = useState(repositoryNow)
  const unkept = useRef<() => void>(() => {})
  useEffect(() => {
    unkept.current = () => {
      if (typed === null || refusal !== null) return
      if (wrong !== null) return toast({ tone: 'failure', message: `${wrong} It stays as it was.` })
      // Another repository may be open by now; these words were not for it.
      if (repositoryNow() === repository && !same(read(field.control, typed), value))
        void save(field, read(field.control, typed), words)
    }
  })
  useEffect(() => () => unkept.current(), [])

  return {
    value: kept,
    text: typed ?? written(field.control, kept),
    problem: wrong ?? refusal,
    onText: (text) => {
      setPending({ kind: 'typed', text })
      setRefusal(null)
    },
    onLeave,
    onChoose: keep,
    onReset: () => keep(defaultOf(field)),
  }
}
