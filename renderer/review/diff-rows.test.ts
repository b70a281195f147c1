/** Facts about the rows of a diff, and what of them somebody means. */

import { parsePatchFiles } from '@pierre/diffs'
import { expect, test } from 'vitest'
import { changesOf, linesOf, pickedOf, pointOf, rowsOf, spanOf, textOf, textOfLines } from './diff-rows.ts'

const PATCH = `diff --git a/a.ts b/a.ts
index 1111111..2222222 100644
--- a/a.ts
+++ b/a.ts
@@ -1,4 +1,5 @@
 one
-two
-three
+TWO
+THREE
+more
 four
@@ -20,2 +21,1 @@
 twenty
-gone
diff --git a/b.ts b/b.ts
new file mode 100644
index 0000000..3333333
--- /dev/null
+++ b/b.ts
@@ -0,0 +1,2 @@
+first
+second
\\ No newline at end of file
`
const files = parsePatchFiles(PATCH).flatMap((patch) => patch.files)
const rows = rowsOf(files[0]!)

test('rows have the numbers and the text of the patch, in its order', () => {
  expect(rows.map((row) => [row.old, row.new, row.hunk, textOf(row)])).toEqual([
    [1, 1, 0, 'one'],
    [2, null, 0, 'two'],
    [3, null, 0, 'three'],
    [null, 2, 0, 'TWO'],
    [null, 3, 0, 'THREE'],
    [null, 4, 0, 'more'],
    [4, 5, 0, 'four'],
    [20, 21, 1, 'twenty'],
    [21, null, 1, 'gone'],
  ])
  expect(rowsOf(files[1]!).map((row) => [row.old, row.new, textOf(row)])).toEqual([
    [null, 1, 'first'],
    [null, 2, 'second'],
  ])
})

test('a change begins where rows differ after rows that do not, or in another hunk', () => {
  expect(changesOf(rows)).toEqual([1, 8])
  expect(changesOf(rowsOf(files[1]!))).toEqual([0])
})

test('a comment is about the lines as they are now, wherever there is one', () => {
  const lines = (from: number, to: number) => linesOf(rows, pickedOf(rows, from, to)!)
  expect(lines(3, 4)).toEqual({ side: 'new', start: 2, end: 3 })
  expect(lines(4, 3)).toEqual({ side: 'new', start: 2, end: 3 })
  expect(lines(1, 4)).toEqual({ side: 'new', start: 2, end: 3 })
  expect(lines(1, 2)).toEqual({ side: 'old', start: 2, end: 3 })
  expect(lines(0, 0)).toEqual({ side: 'new', start: 1, end: 1 })
})

test('what is selected in the column of what was is about that, where some of it is gone', () => {
  expect(linesOf(rows, { start: 1, side: 'deletions', end: 3, endSide: 'deletions' })).toEqual({ side: 'old', start: 1, end: 3 })
  expect(linesOf(rows, { start: 4, side: 'deletions', end: 4 })).toEqual({ side: 'new', start: 5, end: 5 })
})

test('lines between the hunks are told by their numbers', () => {
  expect(linesOf(rows, { start: 12, side: 'additions', end: 10 })).toEqual({ side: 'new', start: 10, end: 12 })
  expect(spanOf(rows, { start: 12, side: 'additions', end: 10 })).toBeNull()
})

test('every row is found again by the line that stands for it', () => {
  for (const [at, row] of rows.entries()) {
    const { line, side } = pointOf(row)
    expect(spanOf(rows, { start: line, side, end: line })).toEqual([at, at])
  }
})

test('a suggestion begins with the lines, and only where all of them are there', () => {
  expect(textOfLines(rows, { side: 'new', start: 2, end: 4 })).toBe('TWO\nTHREE\nmore')
  expect(textOfLines(rows, { side: 'new', start: 4, end: 9 })).toBeNull()
})
