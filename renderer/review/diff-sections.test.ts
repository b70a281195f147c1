/** Facts about the text of a patch: its sections put together are the patch, and a hunk is a patch of its own. */

import { expect, test } from 'vitest'
import { hunkOf, sectionsOf } from './diff-sections.ts'

const ONE = `diff --git a/a b/a
index 1..2 100644
--- a/a
+++ b/a
@@ -1 +1 @@
-diff --git a/x b/x
+@@ -9 +9 @@
@@ -9 +9,2 @@ function f() {
 nine
+ten
`
const TWO = `diff --git a/b.png b/b.png
index 1..2 100644
Binary files a/b.png and b/b.png differ
`

test('sections are the patch again, whatever its lines say', () => {
  expect(sectionsOf(ONE + TWO)).toEqual([ONE, TWO])
  expect(sectionsOf('')).toEqual([])
  expect(sectionsOf(`warning: something\n${TWO}`)).toEqual([TWO])
})

test('a hunk comes with the head of its file and without the others', () => {
  expect(hunkOf(ONE, 1)).toBe(`diff --git a/a b/a
index 1..2 100644
--- a/a
+++ b/a
@@ -9 +9,2 @@ function f() {
 nine
+ten
`)
  expect(hunkOf(ONE, 0)).toContain('+@@ -9 +9 @@\n')
  expect(hunkOf(ONE, 0)).not.toContain('ten')
  expect([hunkOf(ONE, 2), hunkOf(TWO, 0)]).toEqual([null, null])
})
