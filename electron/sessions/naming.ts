/** Which session a word means, and which names are free. Pure. */

import { parseName, suggestName } from '../../shared/model/names.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { SessionRecord } from './facts.ts'
import { branchOf } from './view.ts'

type Runs = (id: string) => boolean

/** Folders and branches of the same name but for the case are one on macOS and Windows. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** When the session lost this name; the empty text when it never had it. */
function hadUntil({ formerNames }: SessionRecord, name: string): string {
  return formerNames.find((former) => former.name === name)?.until ?? ''
}

/**
 * Takes what was typed: a name, an id, or a name that no session has now. The last means the session that had it last:
 * the processes of a renamed session go on calling it by the name they were started with.
 */
export function sessionCalled(records: readonly SessionRecord[], typed: string): SessionRecord | undefined {
  const parsed = parseName(typed)
  if (!parsed.ok) return undefined
  const name = parsed.value
  const now = records.find((record) => record.name === name) ?? records.find((record) => record.id === name)
  if (now !== undefined) return now
  const [last] = records
    .filter((record) => hadUntil(record, name) !== '')
    .toSorted((a, b) => hadUntil(b, name).localeCompare(hadUntil(a, name)))
  return last
}

/** Why nobody else may have the name; null when it is free. A running process may still call itself by a former name. */
function takenBy(records: readonly SessionRecord[], name: string, runs: Runs): Refused<'name-taken'> | null {
  const twin = records.find((record) => same(record.name, name))
  if (twin !== undefined) return fail('name-taken', `There is a session “${twin.name}” already. Choose another name.`)
  const former = records.find((record) => record.formerNames.some((one) => same(one.name, name)) && runs(record.id))
  if (former === undefined) return null
  return fail(
    'name-taken',
    `“${former.name}” was called “${name}” before, and its Claude Code may still use that name. Choose another name.`,
  )
}

/** All that a suggested name, which is in lower case, has to differ from. */
export function takenNames(records: readonly SessionRecord[]): readonly string[] {
  const names = records.flatMap(({ name, branch, formerNames }) => [
    name,
    branch.slice(branchOf('').length),
    ...formerNames.map((former) => former.name),
  ])
  return names.map((name) => name.toLowerCase())
}

/**
 * Takes the name asked for (left out: one is suggested from the prompt); gives the name of the new session, or why not.
 * `runs` says whether a session's process is there.
 */
export function nameForNew(
  records: readonly SessionRecord[],
  asked: { readonly name?: string | undefined; readonly prompt: string },
  runs: Runs,
): Result<string, 'bad-name' | 'name-taken' | 'branch-exists'> {
  if (asked.name === undefined) {
    return ok(suggestName(asked.prompt, takenNames(records)))
  }
  const name = parseName(asked.name)
  if (!name.ok) return name
  const owner = records.find((record) => same(record.branch, branchOf(name.value)))
  if (owner !== undefined && !same(owner.name, name.value))
    return fail('branch-exists', `“${owner.name}” works on the branch “${owner.branch}”. Choose another name.`)
  return takenBy(records, name.value, runs) ?? name
}

/** Takes the session and its new name as typed; gives the name, or why it cannot have it. `runs` as for a new one. */
export function newNameFor(
  records: readonly SessionRecord[],
  session: SessionRecord,
  typed: string,
  runs: Runs,
): Result<string, 'bad-name' | 'name-taken'> {
  const name = parseName(typed)
  if (!name.ok) return name
  const others = records.filter((record) => record.id !== session.id)
  return takenBy(others, name.value, runs) ?? name
}
