/** Builds the arguments of a git command. Options are constants of ours; values enter only as the types of `names.ts`. Pure. */

import {
  type AbsolutePath,
  type BranchName,
  type Checked,
  isUtf8,
  type Oid,
  type Ref,
  type RemoteName,
  type RepoPath,
  type Revision,
} from './names.ts'

/** A command for git: what stands before `--`, and the paths after it; null where the command takes no paths. */
export type Command = { readonly args: readonly string[]; readonly paths: readonly RepoPath[] | null }

type Value = AbsolutePath | BranchName | Oid | Ref | RemoteName | Revision
/** Any literal of ours, or a value that may stand alone; the type `string` is refused, and so are paths of the repository. */
type Argument<Text extends string> = Text extends Value ? Text : string extends Text ? never : Text extends Checked ? never : Text

/** `command('merge-base', a, b)`. A plain `string` does not compile: parse it into one of the types of `names.ts` first. */
export function command<const Texts extends readonly string[]>(
  ...args: { [Index in keyof Texts]: Argument<Texts[Index]> }
): Command {
  return { args: args as readonly string[], paths: null }
}

/** The same command, limited to some paths, which mean exactly the files of these names; `[]` is no limit. */
export function limitedTo(command: Command, paths: readonly RepoPath[]): Command {
  return { args: command.args, paths }
}

/** True for every command: no submodule is entered, no odd transport used, names come as they are. */
const ALWAYS = ['-c', 'core.quotePath=false', '-c', 'submodule.recurse=false', '-c', 'protocol.ext.allow=never'] as const
/** What only looks never needs a hook. */
const NO_HOOKS = ['-c', 'core.hooksPath=/dev/null'] as const
const NO_MONITOR = ['-c', 'core.fsmonitor=false'] as const
/** A background command neither packs the user's objects nor signs in the user's name. */
const NO_UPKEEP = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false', '-c', 'commit.gpgSign=false'] as const

export type Manner = {
  /** The user has said that the repository's own commands may run. */
  readonly trusted: boolean
  /** True when git may change something: then a trusted repository's hooks run, as git would run them. */
  readonly writes: boolean
}

/** The whole argument list for one run of git. */
export function argumentsOf({ args, paths }: Command, { trusted, writes }: Manner): readonly string[] {
  const globals = [...ALWAYS, ...(trusted ? [] : NO_MONITOR), ...(trusted && writes ? NO_UPKEEP : NO_HOOKS)]
  if (paths === null) return [...globals, ...args]
  if (paths.every(isUtf8)) return ['--literal-pathspecs', ...globals, ...args, '--', ...paths]
  return [...globals, ...args, '--', ...paths.map(pathspec)]
}

/** A path that no argument can carry byte by byte is named by a pattern: `?` for each byte that is no UTF-8. */
function pathspec(path: RepoPath): string {
  if (isUtf8(path)) return `:(top,literal)${path}`
  return `:(top,glob)${path.replaceAll(/[*?[\]\\]/gu, String.raw`\$&`).replaceAll(/\p{Cs}/gu, '?')}`
}

/** Splits paths so that each run stays well below the limit of the operating system for one argument list. */
export function portions(paths: readonly RepoPath[], bytes = 60_000): readonly (readonly RepoPath[])[] {
  const all: RepoPath[][] = []
  let size = bytes
  for (const path of paths) {
    const cost = Buffer.byteLength(path) + 16
    if (size + cost > bytes) {
      all.push([])
      size = 0
    }
    all.at(-1)!.push(path)
    size += cost
  }
  return all
}
