/** Facts about the text of a patch: its sections put together are the patch, and a hunk is a patch of its own. */

import { expect, test } from 'vitest'
import { changeOf, hunkOf, sectionsOf } from './diff-sections.ts'

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

const TOUCHING = `diff --git a/a b/a
--- a/a
+++ b/a
@@ -1,6 +1,7 @@ function f() {
 one
-two
+2
 three
-four
+4
+4.5
 five
-six
\\ No newline at end of file
+6
\\ No newline at end of file
`

test('one of several changes of a hunk is cut out alone: what the others added stays around it', () => {
  const first = changeOf(TOUCHING, (line) => line.new === 2)
  expect(first?.lines).toEqual(['-two', '+2'])
  expect(first?.patch).toBe(`diff --git a/a b/a
--- a/a
+++ b/a
@@ -1,7 +1,7 @@ function f() {
 one
-two
+2
 three
 4
 4.5
 five
 6
\\ No newline at end of file
`)
  const last = changeOf(TOUCHING, (line) => line.old === 6)
  expect(last?.lines).toEqual(['-six', '+6'])
  expect(last?.patch).toBe(`diff --git a/a b/a
--- a/a
+++ b/a
@@ -1,7 +1,7 @@ function f() {
 one
 2
 three
 4
 4.5
 five
-six
\\ No newline at end of file
+6
\\ No newline at end of file
`)
})

test('changes that are meant together are cut out together, and what did not change is no change', () => {
  const both = changeOf(TOUCHING, (line) => line.old === 2 || line.new === 5)
  expect(both?.lines).toEqual(['-two', '+2', '-four', '+4', '+4.5'])
  expect(both?.patch).toContain('@@ -1,6 +1,7 @@')
  expect(changeOf(TOUCHING, () => true)?.patch).toBe(TOUCHING)
  expect(changeOf(TOUCHING, (line) => line.new === 3)).toBeNull()
})
