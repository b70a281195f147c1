/** A text in which the characters that were searched for stand out. */

import styles from './Palette.module.css'

type Run = { readonly text: string; readonly marked: boolean; readonly at: number }

/** Cuts a text into runs of found and other characters. */
function runsOf(text: string, marks: readonly number[]): readonly Run[] {
  const found = new Set(marks)
  const runs: Run[] = []
  for (let at = 0, start = 0; at <= text.length; at += 1) {
    if (at < text.length && found.has(at) === found.has(start)) continue
    if (at > start) runs.push({ text: text.slice(start, at), marked: found.has(start), at: start })
    start = at
  }
  return runs
}

/** Draws the text. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly number[] }) {
  if (marks.length === 0) return text
  return runsOf(text, marks).map((run) =>
    run.marked ? (
      <mark key={run.at} className={styles['mark']}>
        {run.text}
      </mark>
    ) : (
      run.text
    ),
  )
}
