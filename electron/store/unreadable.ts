/** Stored documents that did not fit their schema: says so once, and keeps their text when it is replaced or removed. Knows no schema. */

export type Place = {
  /** `session`, `queue`, `review` or `settings`. */
  readonly what: string
  /** The row's primary key. */
  readonly id: string
  /** What the user knows it by. */
  readonly name: string
}

export type Unreadable = {
  /** Takes where a document lies, its text, and why it does not fit. */
  found(place: Place, text: string, why: string): void
  /** Called before a row is replaced or removed; `current` gives its text. Keeps it when it is the one that was found. */
  keep(what: string, id: string, current: () => string | null): void
}

type Rim = {
  /** The time of the running `store.record`; throws when none runs. */
  recordTime(): string
  /** Takes the sentence for the user. */
  tell(sentence: string): void
  readonly kept: {
    has(key: string): boolean
    add(key: string, text: string): void
  }
}

/** Takes where to keep texts and whom to tell, gives the two things that can happen to an unreadable document. */
export function createUnreadable({ recordTime, tell, kept }: Rim): Unreadable {
  const texts = new Map<string, { readonly label: string; readonly text: string }>()
  return {
    found({ what, id, name }, text, why) {
      const known = texts.has(`${what} ${id}`)
      const label = `unreadable ${what} ${name}`
      texts.set(`${what} ${id}`, { label, text })
      if (known) return
      tell(
        `Sluice cannot read the stored ${what} “${name}” (${why}). It was left as it is in the database; should it be replaced or removed later, its old text is kept there, in the table “meta” under “${label}” and the time.`,
      )
    },
    keep(what, id, current) {
      const one = texts.get(`${what} ${id}`)
      // Compared with what is there now: after a record that was rolled back the text must be kept again.
      if (one === undefined || current() !== one.text) return
      const wanted = `${one.label} ${recordTime()}`
      let key = wanted
      for (let n = 2; kept.has(key); n += 1) key = `${wanted} ${n}`
      kept.add(key, one.text)
    },
  }
}
