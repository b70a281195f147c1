/** The text of a patch, one section for each file, and what is cut out of one again. Pure. */

const START = 'diff --git '

/** The sections of a patch in order. What stands before the first one is nobody's. */
export function sectionsOf(patch: string): readonly string[] {
  const starts: number[] = patch.startsWith(START) ? [0] : []
  // Lines of a file never begin like this: each has its sign before it.
  for (let at = patch.indexOf(`\n${START}`); at !== -1; at = patch.indexOf(`\n${START}`, at + 1)) starts.push(at + 1)
  return starts.map((start, index) => patch.slice(start, starts[index + 1] ?? patch.length))
}

/** One hunk of a section as a patch of its own, from 0; null where there is no such. */
export function hunkOf(section: string, wanted: number): string | null {
  const starts: number[] = []
  for (let at = section.indexOf('\n@@ '); at !== -1; at = section.indexOf('\n@@ ', at + 1)) starts.push(at + 1)
  const [first, start] = [starts[0], starts[wanted]]
  if (first === undefined || start === undefined) return null
  return section.slice(0, first) + section.slice(start, starts[wanted + 1] ?? section.length)
}

/** Some of the changes of a hunk as a patch of its own, and their lines with their signs. */
export type Change = { readonly patch: string; readonly lines: readonly string[] }

/** Whether a line is meant; the number on the side that does not have it is null. */
type Meant = (line: { readonly old: number | null; readonly new: number | null }) => boolean

const HEAD = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/u

/**
 * Cuts one hunk down to the changes, lines next to each other, of which any line is meant. The other changes stay in the file, so what
 * they added is around it and what they removed is not. Takes what `hunkOf` gives; null where none is meant.
 */
export function changeOf(hunk: string, meant: Meant): Change | null {
  const start = hunk.indexOf('\n@@ ') + 1
  const [head = '', ...body] = hunk.slice(start).replace(/\n$/u, '').split('\n')
  const [, oldStart, , newStart, , words = ''] = HEAD.exec(head) ?? []
  if (oldStart === undefined || newStart === undefined) return null
  let [old, now] = [Number(oldStart), Number(newStart)]
  // Lines with what says that there is no line end after them, in runs of what changed and what did not.
  const runs: { readonly differs: boolean; isMeant: boolean; readonly lines: string[] }[] = []
  for (const line of body) {
    const sign = line.charAt(0)
    const differs = sign === '-' || sign === '+'
    const last = runs.at(-1)
    if (sign === '\\') {
      last?.lines.push(line)
      continue
    }
    const run = last?.differs === differs ? last : { differs, isMeant: false, lines: [] as string[] }
    if (run !== last) runs.push(run)
    run.lines.push(line)
    if (differs) run.isMeant ||= meant(sign === '-' ? { old, new: null } : { old: null, new: now })
    if (sign !== '+') old += 1
    if (sign !== '-') now += 1
  }
  if (!runs.some(({ isMeant }) => isMeant)) return null
  const kept = runs.flatMap(({ differs, isMeant, lines }) => (!differs || isMeant ? lines : staying(lines)))
  const count = (...signs: readonly string[]): number => kept.filter((line) => signs.includes(line.charAt(0))).length
  const patch = [`@@ -${oldStart},${count(' ', '-')} +${newStart},${count(' ', '+')} @@${words}`, ...kept].join('\n')
  const lines = runs.flatMap((run) => (run.isMeant ? run.lines.filter((line) => !line.startsWith('\\')) : []))
  return { patch: `${hunk.slice(0, start)}${patch}\n`, lines }
}

/** The lines of a change that is not undone, as the file has them. */
function staying(lines: readonly string[]): readonly string[] {
  let sign = ''
  return lines.flatMap((line) => {
    if (!line.startsWith('\\')) sign = line.charAt(0)
    if (sign === '-') return []
    return [line.startsWith('+') ? ` ${line.slice(1)}` : line]
  })
}
