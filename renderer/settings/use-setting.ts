/** One setting while it is edited: kept when its field is left and the text is valid, or at once when it was chosen. */

import { useEffect, useRef, useState } from 'react'
import type { SettingField } from './fields.ts'
import { afterRefusal, type Pending } from './pending.ts'
import { forgetSaved, repositoryNow, save, sayNotSaved, sayUnkept } from './saving.ts'
import { defaultOf, problemOf, read, written } from './settings-form.ts'

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
  const now = JSON.stringify(value)
  // The House has spoken. Without this an old choice would show again as soon as the value is once more what it was.
  if (pending?.kind === 'kept' && pending.over !== now) setPending(null)
  const kept = pending?.kind === 'kept' && pending.over === now ? pending.value : value
  const typed = pending?.kind === 'typed' ? pending.text : null
  const refusal = pending === null || pending.kind === 'kept' ? null : pending.refusal
  const wrong = typed === null ? null : problemOf(field, read(field.control, typed))

  const words = `“${field.label}” is saved.`
  const [repository] = useState(repositoryNow)
  const isGone = useRef(false)
  /** On the way to the House: what comes after it is compared with it, and not with what the House said before. */
  const sent = useRef<{ readonly value: unknown } | null>(null)
  const keep = (next: unknown): void => {
    const mine: Pending = { kind: 'kept', value: next, over: now }
    setPending(mine)
    if (same(next, sent.current === null ? value : sent.current.value)) return
    const sending = { value: next }
    sent.current = sending
    void save({ ...field, repository }, next, words).then((failure) => {
      if (sent.current === sending) sent.current = null
      if (failure === null) return
      sayNotSaved(field.label)
      if (!isGone.current) setPending((is) => afterRefusal(is, mine, typed, failure.message))
      // A fault shows itself.
      else if (failure.code !== 'fault') sayUnkept(failure.message, field.label)
    })
  }
  const onLeave = (): void => {
    if (typed !== null && wrong === null) keep(read(field.control, typed))
  }

  const unkept = useRef<() => void>(() => {})
  useEffect(() => {
    unkept.current = () => {
      if (typed === null) return
      const why = wrong ?? refusal
      // A refusal may have come with the very click that closes the dialog: the field alone has not told it.
      if (why !== null) return sayUnkept(why, field.label)
      // Another repository may be open by now; these words were not for it.
      if (field.owner === 'repository' && repositoryNow() !== repository) return
      keep(read(field.control, typed))
    }
  })
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      unkept.current()
    }
  }, [])

  return {
    value: kept,
    text: typed ?? written(field.control, kept),
    problem: wrong ?? refusal,
    onText(text) {
      setPending({ kind: 'typed', text, refusal: null })
      if (problemOf(field, read(field.control, text)) === null) forgetSaved()
      else sayNotSaved(field.label)
    },
    onLeave,
    onChoose: keep,
    onReset: () => keep(defaultOf(field)),
  }
}
