/** Finds the one hunk in a unified diff as the page shows it. Pure. */

const HEAD = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/u

/** Takes a diff of one file; gives its hunk from “@@” to its last line, or null where there is not exactly one whole hunk. */
export function hunkIn(text: string): string | null {
  const start = /(?:^|\n)@@ /u.exec(text)
  if (start === null) return null
  const all = text.slice(start[0].startsWith('\n') ? start.index + 1 : start.index).split('\n')
  const [head = '', ...lines] = all
  const counts = HEAD.exec(head)
  if (counts === null) return null
  if (lines.at(-1) === '') lines.pop()
  let [before, after] = [counts[1], counts[2]].map((count) => Number(count ?? '1'))
  if (before === undefined || after === undefined) return null
  for (const line of lines) {
    const sign = line[0]
    if (sign === '\\') continue
    if (sign !== ' ' && sign !== '-' && sign !== '+') return null
    if (sign !== '+') before -= 1
    if (sign !== '-') after -= 1
    if (before < 0 || after < 0) return null
  }
  return before === 0 && after === 0 ? `${[head, ...lines].join('\n')}\n` : null
}
