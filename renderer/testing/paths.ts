/** Made-up paths of a target, and what a scope is said to hold of them. Never part of the product. */

import type { ScopeMatch } from '../../shared/model/found.ts'

/** What the target may hold, for completing a scope. */
export const PATHS: readonly string[] = ['src', 'src/auth', 'src/cart', 'src/search', 'test', 'test/cart', 'docs']
  .flatMap((folder) => [`${folder}/`, `${folder}/index.ts`, `${folder}/README.md`])
  .concat('package.json', 'README.md')

/** What a scope is said to hold. */
export function matchPaths(scope: readonly string[]): ScopeMatch {
  const unmatched = scope.filter((glob) => !PATHS.some((path) => path.startsWith(glob.replace(/[*{[].*$/u, ''))))
  return {
    matched: (scope.length - unmatched.length) * 9,
    total: 1204,
    sample: [],
    unmatched,
    shared: scope.some((glob) => glob.startsWith('src/cart')) ? [{ session: 'cart-api', files: 12 }] : [],
  }
}
