/** Where two lists of changed paths touch. Pure: paths in, paths out. */

/** What a branch changed, and every folder below the root that it changed something in. */
export type Reach = { readonly paths: readonly string[]; readonly touched: ReadonlySet<string> }

/** Takes the paths a branch changed. */
export function reachOf(paths: readonly string[]): Reach {
  const touched = new Set(paths)
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (touched.has(folder)) break
      touched.add(folder)
    }
  }
  return { paths, touched }
}

/**
 * False when a merge of the two cannot conflict. A path in common is not the only way: one may have put a file where the
 * other has a folder, or moved a folder that the other adds to.
 */
export function mayMeet(a: Reach, b: Reach): boolean {
  const [few, many] = a.touched.size < b.touched.size ? [a, b] : [b, a]
  for (const path of few.touched) if (many.touched.has(path)) return true
  return false
}

/** The paths that are in every one of the lists, in the order of the first. */
export function common(first: readonly string[], ...others: readonly (readonly string[])[]): readonly string[] {
  return others.reduce((left, other) => {
    const also = new Set(other)
    return left.filter((path) => also.has(path))
  }, first)
}

/** The paths of the first list that are in none of the others. */
export function without(first: readonly string[], ...others: readonly (readonly string[])[]): readonly string[] {
  const out = new Set(others.flat())
  return out.size === 0 ? first : first.filter((path) => !out.has(path))
}
