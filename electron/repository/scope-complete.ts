/** Which files and folders continue what was typed as a scope. Pure: files are shown to it one by one. */

const MOST = 20

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** How well a name fits: it begins with what was typed, has it inside, or lies deeper and has it inside. */
type Rank = 0 | 1 | 2
type Candidate = { readonly text: string; readonly isFolder: boolean; readonly rank: Rank }

function compare(a: Candidate, b: Candidate): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.isFolder !== b.isFolder) return a.isFolder ? -1 : 1
  return inOrder.compare(a.text, b.text) || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
}

/** Where the part behind the `depth`-th `/` begins; -1 when there are not so many. */
function startBehind(path: string, depth: number): number {
  let at = 0
  for (let n = 0; n < depth; n += 1) {
    at = path.indexOf('/', at) + 1
    if (at === 0) return -1
  }
  return at
}

/** Takes what was typed; gives what notes the best continuations as the files pass by. */
export function completeScope(typed: string): { see(path: string): void; result(): readonly string[] } {
  const lower = typed
    .trimStart()
    .replace(/^(?:\.\/)+/u, '')
    .toLowerCase()
  const slash = lower.lastIndexOf('/') + 1
  const [folder, piece] = [lower.slice(0, slash), lower.slice(slash)]
  const depth = folder.split('/').length - 1
  const best: Candidate[] = []

  function offer(candidate: Candidate): void {
    const last = best.at(-1)
    if (best.length === MOST && last !== undefined && compare(candidate, last) >= 0) return
    if (best.some((one) => one.text === candidate.text)) return
    const place = best.findIndex((one) => compare(candidate, one) < 0)
    best.splice(place < 0 ? best.length : place, 0, candidate)
    if (best.length > MOST) best.pop()
  }

  function rankOf(name: string, isDeeper: boolean): Rank | null {
    const lowerName = name.toLowerCase()
    if (isDeeper) return piece !== '' && lowerName.includes(piece) ? 2 : null
    if (lowerName.startsWith(piece)) return 0
    return lowerName.includes(piece) ? 1 : null
  }

  return {
    see(path) {
      const inside = startBehind(path, depth)
      if (inside < 0 || (depth > 0 && path.slice(0, inside).toLowerCase() !== folder)) return
      for (let from = inside; from >= 0 && from < path.length;) {
        const end = path.indexOf('/', from)
        const isFolder = end >= 0
        const rank = rankOf(path.slice(from, isFolder ? end : undefined), from > inside)
        if (rank !== null) offer({ text: isFolder ? path.slice(0, end + 1) : path, isFolder, rank })
        // With nothing typed behind the folder only what is in it is meant.
        if (!isFolder || piece === '') return
        from = end + 1
      }
    },
    result: () => best.map(({ text }) => text),
  }
}
