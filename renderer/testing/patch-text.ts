/** The patch of a painted session's changes. Never part of the product. */

export const PATCH = `diff --git a/src/auth/login.ts b/src/auth/login.ts
index 8f0c1aa..d2b7e4d 100644
--- a/src/auth/login.ts
+++ b/src/auth/login.ts
@@ -1,21 +1,27 @@
-import { session } from '../session.ts'
+import { createHash } from 'node:crypto'
+import { openSession } from '../session.ts'
+import { safeRedirect } from './redirect.ts'
 
 /** Signs a user in; gives where to go next. */
-export async function login(name: string, password: string, next: string) {
+export async function login(name: string, password: string, next: string | null): Promise<URL> {
   const user = await users.find(name)
   if (user === null) throw new LoginError('unknown', name)
-  if (!(await verify(user, password))) {
-    throw new LoginError('password', name)
+
+  const ok = await verify(user, password)
+  if (!ok) {
+    await throttle(createHash('sha256').update(name).digest('hex'))
+    throw new LoginError('password', name)
   }
 
-  await session.open(user)
-  return next
+  await openSession(user, { days: 14 })
+  // An open redirect sent people to other sites after login (#231).
+  return safeRedirect(next ?? '/', { fallback: '/account' })
 }
 
 export class LoginError extends Error {
   readonly kind: 'unknown' | 'password'
   constructor(kind: 'unknown' | 'password', name: string) {
     super(\`Cannot sign in \${name}: \${kind}.\`)
     this.kind = kind
   }
 }
diff --git a/src/auth/redirect.ts b/src/auth/redirect.ts
new file mode 100644
index 0000000..5b1c2aa
--- /dev/null
+++ b/src/auth/redirect.ts
@@ -0,0 +1,13 @@
+/** Gives a URL of our own site; anything else becomes the fallback. */
+export function safeRedirect(next: string, { fallback }: { fallback: string }): URL {
+  const home = new URL(config.origin)
+  try {
+    const url = new URL(next, home)
+    if (url.origin === home.origin) return url
+  } catch {
+    // Not a URL at all.
+  }
+  return new URL(fallback, home)
+}
+
+export const MAX_HOPS = 3
diff --git a/docs/README.md b/docs/guides/signing-in/README.md
similarity index 90%
rename from docs/README.md
rename to docs/guides/signing-in/README.md
index 3333333..4444444 100644
--- a/docs/README.md
+++ b/docs/guides/signing-in/README.md
@@ -1,3 +1,3 @@
 # Signing in
 
-Whoever signs in goes where they wanted to go.
+Whoever signs in goes where they wanted to go, as long as that is a page of our own site; anything else leads to the account page (see issue 231 for the story).
diff --git a/test/auth/login.test.ts b/test/auth/login.test.ts
index 1111111..2222222 100644
--- a/test/auth/login.test.ts
+++ b/test/auth/login.test.ts
@@ -3,5 +3,11 @@ import { login } from '../../src/auth/login.ts'
 
 test('a known user signs in', async () => {
   const url = await login('ada', 'engine', '/cart')
-  expect(url).toBe('/cart')
+  expect(url.pathname).toBe('/cart')
+})
+
+test.each(['https://evil.example', '//evil.example', 'javascript:alert(1)'])('%s leads home', async (next) => {
+  const url = await login('ada', 'engine', next)
+  expect(url.origin).toBe(config.origin)
+  expect(url.pathname).toBe('/account')
 })
diff --git a/docs/old-login.md b/docs/old-login.md
deleted file mode 100644
index 3333333..0000000
--- a/docs/old-login.md
+++ /dev/null
@@ -1,3 +0,0 @@
-# Login
-
-See the wiki.
`
