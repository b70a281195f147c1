/** What may stand for something in a git command: object ids, full ref names, paths. Nothing else enters one. Pure. */

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Text that one of the functions here has checked, for whatever use. */
export type Checked = Branded<string>

/** A full object id: 40 hex digits, or 64 in a SHA-256 repository. */
export type Oid = Branded<'oid'>
/** A full ref name, `refs/…`, well-formed. */
export type Ref = Branded<'ref'>
/** A branch name that can also stand alone in a command: well-formed, and no option. */
export type BranchName = Branded<'branch'>
/** A path inside the repository, `/` between folders. Bytes that are no UTF-8 are kept as U+DC80…U+DCFF. */
export type RepoPath = Branded<'repo-path'>
/** An absolute path of the file system. */
export type AbsolutePath = Branded<'absolute-path'>
/** The name of a remote that can also stand alone in a command: never an address. */
export type RemoteName = Branded<'remote'>
/** Commits as git writes them: `a..b`, `a...b`, `a^{commit}`. */
export type Revision = Branded<'revision'>

const OID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u

/** Takes any text; gives an object id, or null when it is none. */
export function parseOid(text: string): Oid | null {
  const lower = text.toLowerCase()
  return OID.test(lower) ? (lower as Oid) : null
}

/** The object id that git writes for "there is none". */
export function absent(like: Oid): Oid {
  return '0'.repeat(like.length) as Oid
}

/** The first characters of an id, for a name or a sentence. */
export function short(oid: Oid, digits = 12): string {
  return oid.slice(0, digits)
}

// The set that git-check-ref-format(1) forbids, and lone surrogates: they stand for bytes no argument can carry.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN_IN_REF = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\p{Cs}/u

/** Takes a full ref name; gives it back when git would accept it as one, else null. */
export function parseRef(text: string): Ref | null {
  if (!text.startsWith('refs/') || text.endsWith('/') || text.endsWith('.') || FORBIDDEN_IN_REF.test(text)) return null
  const parts = text.split('/')
  if (parts.length < 3 || parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'))) return null
  return text as Ref
}

/** The full ref of a local branch; null when no branch can have that name. */
export function branchRef(name: string): Ref | null {
  return parseRef(`refs/heads/${name}`)
}

/** The local branch that a full ref names; null when it names something else. */
export function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}

/** Takes a name for a new branch; gives it back when git accepts it and no command could read it as an option. */
export function parseBranchName(name: string): BranchName | null {
  return name.startsWith('-') || name === 'HEAD' || branchRef(name) === null ? null : (name as BranchName)
}

/** Takes a path from outside; gives it back when it can only mean something inside the repository. */
export function parseRepoPath(text: string): RepoPath | null {
  if (text === '' || text.startsWith('/') || text.includes('\0')) return null
  return text.split('/').includes('..') ? null : (text as RepoPath)
}

/** Takes a path of the file system; gives it back when it is absolute (POSIX or with a drive letter), else null. */
export function parseAbsolutePath(path: string): AbsolutePath | null {
  return /^(?:\/|[A-Za-z]:[\\/])/u.test(path) && !path.includes('\0') ? (path as AbsolutePath) : null
}

/** Takes the name of a remote; gives it back when git could have one of that name and no command reads it as an option, a path or an address. */
export function parseRemoteName(name: string): RemoteName | null {
  return /^[\w][\w.-]*(?:\/[\w.-]+)*$/u.test(name) && parseRef(`refs/remotes/${name}/x`) !== null ? (name as RemoteName) : null
}

/** Where a push puts a commit; never by force. */
export function pushed(commit: Oid, to: Ref): Revision {
  return `${commit}:${to}` as Revision
}

/** What `to` has and `from` lacks. */
export function range(from: Oid, to: Oid): Revision {
  return `${from}..${to}` as Revision
}

/** What one of the two has and the other lacks. */
export function difference(a: Oid, b: Oid): Revision {
  return `${a}...${b}` as Revision
}

/** The commit, or the tree, that an object leads to. */
export function peeled(oid: Oid, to: 'commit' | 'tree'): Revision {
  return `${oid}^{${to}}` as Revision
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Takes the bytes of a path; gives text that `pathBytes` turns back into the same bytes, whatever they are. */
export function decodePath(bytes: Uint8Array): RepoPath {
  try {
    return strictUtf8.decode(bytes) as RepoPath
  } catch {
    return decodeBroken(bytes) as RepoPath
  }
}

function decodeBroken(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const size = sequenceAt(bytes, at)
    text += size === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : strictUtf8.decode(bytes.subarray(at, at + size))
    at += Math.max(1, size)
  }
  return text
}

/** How many bytes the UTF-8 sequence at `at` has; 0 when there is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!
  const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (size < 2) return size
  try {
    strictUtf8.decode(bytes.subarray(at, at + size))
    return at + size <= bytes.length ? size : 0
  } catch {
    return 0
  }
}

/** The bytes that git and the file system know the path by. */
export function pathBytes(path: RepoPath): Buffer {
  return isUtf8(path) ? Buffer.from(path) : Buffer.concat([...path].map((unit) => Buffer.from(bytesOf(unit))))
}

function bytesOf(unit: string): Uint8Array {
  const code = unit.charCodeAt(0)
  return unit.length === 1 && code >= 0xdc80 && code <= 0xdcff ? Uint8Array.of(code - 0xdc00) : Buffer.from(unit)
}

/** True when the path holds no byte that is no UTF-8. */
export function isUtf8(path: string): boolean {
  return !/\p{Cs}/u.test(path)
}
