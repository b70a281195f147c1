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
