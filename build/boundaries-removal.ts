/** What can take the user's files away, and the one file that may: the rule as data. Pure. */

/** The only file that removes folders; all its guards are in it. */
export const REMOVER = 'electron/kit/remove-folder.ts'

const RULES: readonly (readonly [pattern: RegExp, words: string])[] = [
  [
    /\bimport\s*(?:type\s*)?\{[^}]*\b(?:rm|rmdir|rmSync|rmdirSync)\b[^}]*\}\s*from\s*['"](?:node:)?fs(?:\/promises)?['"]/u,
    'imports what removes folders',
  ],
  [/(?<![\w$])(?:rmSync|rmdirSync|rmdir|rm)\s*\(/u, 'removes a folder'],
  [/\[\s*['"](?:rm|rmdir|rmSync|rmdirSync)['"]\s*\]/u, 'removes a folder by its name'],
  [/\bfrom\s*['"](?:rimraf|fs-extra|del|trash)['"]/u, 'uses a package that removes folders'],
  [/\brm\s+-[a-zA-Z]*[rR]/u, 'removes a folder in a shell'],
  [/['"]worktree['"]\s*,\s*['"]remove['"][^)\n]*['"](?:-f+|--force)['"]/u, 'forces git to remove a worktree'],
  [/\bgit\s+worktree\s+remove\s+(?:-f\b|--force)/u, 'forces git to remove a worktree'],
  [/command\(\s*(?:'-c'\s*,\s*[^,]+,\s*)*['"](?:clean|stash)['"]/u, 'lets git take files away'],
  [/\bgit\s+(?:-C\s+\S+\s+)?(?:clean\s+-|stash\s+(?:push|save|-))/u, 'lets git take files away'],
  [/['"]--hard['"]|\breset\s+--hard\b/u, 'lets git overwrite files'],
]

const CODE = /^(?:electron|shared|renderer|build)\/.*\.(?:ts|tsx|mts|mjs|cjs|js|sh)$/u
const TESTS = /\.test\.tsx?$|\/testing\/|^build\/test-setup\.ts$/u

/** Comments say what is not done; strings in sentences are code to nobody, but a rule that reads too much is the safe one. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//gu, '').replaceAll(/(^|\s)\/\/[^\n]*/gu, '$1')
}

/** Takes a file and its text; gives what in it could take the user's files away, a line each. */
export function removalsIn(path: string, source: string): readonly string[] {
  if (!CODE.test(path) || TESTS.test(path) || path === REMOVER || path === 'build/boundaries-removal.ts') return []
  const code = withoutComments(source)
  return RULES.flatMap(([pattern, words]) => (pattern.test(code) ? [`${path} ${words}`] : []))
}
