/** Which paths a list of globs holds: the one reading of a scope. Pure. */

import picomatch from 'picomatch'

/** Takes globs; gives a test for paths with `/`. What is no pattern is a file, or a folder with everything in it. */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const plain = globs.map((glob) => glob.replace(/^\.\//u, '').replace(/\/+$/u, ''))
  const tests = plain.map((glob) => {
    const matches = picomatch(glob === '' || glob === '.' ? '**' : glob, { dot: true, windows: false })
    // Also for a name that could be read as a pattern, such as “app/[id]”.
    return (path: string): boolean => path === glob || path.startsWith(`${glob}/`) || matches(path)
  })
  return (path) => tests.some((test) => test(path))
}
