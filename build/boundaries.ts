/** Who may import whom: the rules of the house, as data. Pure. */

export type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean }

/** Domain folders: peers, which never import each other's values. */
const PEERS = ['sessions', 'queue', 'review', 'overlap', 'cost', 'plan', 'repository', 'settings', 'shells'] as const
/** What peers stand on. */
const GROUND = ['store', 'git', 'terminals'] as const

/** A package that only some files may import, and which those are. */
const ONLY_IN: readonly (readonly [name: RegExp, places: RegExp])[] = [
  [/^electron(?:\/|$)/u, /^electron\/shell\/|^e2e\//u],
  [/^node-pty$/u, /^electron\/terminals\/pty\.ts$|^e2e\//u],
  [/^@xterm\/(?:headless|addon-serialize)$/u, /^electron\/terminals\/|^renderer\/terminal\/|^e2e\//u],
  [/^@xterm\//u, /^renderer\/terminal\/|^electron\/terminals\/|^e2e\//u],
  [/^node:sqlite$/u, /^electron\/store\//u],
  [/^simple-git$/u, /^$/u],
  [/^react(?:-dom)?(?:\/|$)|^zustand|^@base-ui\/|^lucide-react/u, /^renderer\/|^e2e\/bench\//u],
]

/** Starting processes: git only in `git/run.ts`, the user's commands in the kit, the rest at the rim. */
const MAY_SPAWN =
  /^electron\/(?:git\/run|kit\/command|kit\/program|kit\/login-shell|sessions\/claude|cli\/host|cli\/desktop|cli\/demo-child)\.ts$|^(?:build|e2e)\//u

/** The files that hold decisions: no node, no clock, no random. */
export const PURE = [
  'electron/queue/machine.ts',
  'electron/queue/facts.ts',
  'electron/queue/view.ts',
  'electron/queue/verdict.ts',
  'electron/review/record.ts',
  'electron/review/matching.ts',
  'electron/review/composing.ts',
  'electron/review/findings.ts',
  'electron/review/readiness.ts',
  'shared/model/landing.ts',
  'electron/sessions/state.ts',
  'electron/sessions/hook-facts.ts',
  'electron/sessions/wording.ts',
  'electron/sessions/limits.ts',
  'electron/sessions/facts.ts',
  'electron/sessions/view.ts',
  'electron/sessions/order.ts',
  'electron/sessions/naming.ts',
  'electron/repository/copy-patterns.ts',
  'electron/repository/guesses.ts',
  'electron/repository/guess-checks.ts',
  'electron/repository/guess-node.ts',
  'electron/repository/guess-python.ts',
  'electron/repository/guess-others.ts',
  'electron/repository/scope-match.ts',
  'electron/repository/scope-complete.ts',
  'electron/sessions/prompt.ts',
  'electron/overlap/decide.ts',
  'electron/overlap/meeting.ts',
  'shared/model/globs.ts',
  'shared/model/routing.ts',
  'electron/shells/program.ts',
  'electron/cost/meter.ts',
  'electron/bridge/feed.ts',
  'electron/git/names.ts',
  'electron/git/argv.ts',
  'renderer/state/projection.ts',
] as const

function folderOf(path: string): string {
  return path.split('/').slice(0, 2).join('/')
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//u.test(path)
}

function inElectron(from: string, to: string, typeOnly: boolean): string | null {
  const [source, goal] = [folderOf(from).slice('electron/'.length), folderOf(to).slice('electron/'.length)]
  if (source === goal) return null
  const [isPeer, isGround] = [PEERS.some((peer) => peer === source), GROUND.some((ground) => ground === source)]
  if (goal === 'shell') return 'only shell may import shell'
  if (goal === 'composition' && source !== 'compose.ts') return 'only compose.ts imports the composition'
  if (goal === 'compose.ts' && !['shell', 'serve', 'cli'].includes(source)) return 'only the rim imports compose.ts'
  if (source === 'kit') return 'the kit imports nothing of the House'
  if (isGround && goal !== 'kit') return 'store, git and terminals stand on the kit alone'
  if (isPeer && PEERS.some((peer) => peer === goal)) return 'domain peers never import each other'
  if (isPeer && ['bridge', 'serve', 'cli'].includes(goal)) return 'the domain does not know who asks'
  if (source === 'bridge' && goal !== 'kit' && !typeOnly) return 'the bridge is handed what it delegates to'
  return null
}

/** Takes one import of ours (paths from the root) ; gives the rule it breaks, or null. */
export function brokenRule({ from, to, typeOnly }: Import): string | null {
  const [source, goal] = [from.split('/')[0], to.split('/')[0]]
  if (source === 'shared' && goal !== 'shared') return 'shared imports nothing of ours outside itself'
  if (source === 'renderer' && goal !== 'renderer' && goal !== 'shared') return 'the renderer imports itself and shared alone'
  if (source === 'electron' && goal !== 'electron' && goal !== 'shared') return 'electron imports itself and shared alone'
  return source === 'electron' && goal === 'electron' && !isTest(from) ? inElectron(from, to, typeOnly) : null
}

/** Takes an import of a package; gives the rule it breaks, or null. */
export function brokenPackageRule(from: string, name: string): string | null {
  if (isTest(from)) return null
  if (from.startsWith('shared/') && name !== 'zod') return 'shared needs nothing but zod'
  if (from.startsWith('renderer/') && name.startsWith('node:')) return 'the renderer has no node'
  if (name === 'node:child_process' && !MAY_SPAWN.test(from)) return 'processes are started in few files'
  if (PURE.some((path) => path === from) && name.startsWith('node:')) return 'a pure file imports no node'
  const closed = ONLY_IN.find(([pattern, places]) => pattern.test(name) && !places.test(from))
  return closed === undefined ? null : `${name} may not be imported here`
}
