/** Which session a word means, and which names are free. Pure. */

import { parseName, suggestName } from '../../shared/model/names.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SessionRecord } from './facts.ts'
import { branchOf } from './view.ts'

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

function twinOf(records: readonly SessionRecord[], name: string): SessionRecord | undefined {
  return records.find((record) => same(record.name, name))
}

/** Takes the name asked for (left out: one is suggested from the prompt); gives the name of the new session, or why not. */
export function nameForNew(
  records: readonly SessionRecord[],
  asked: { readonly name?: string | undefined; readonly prompt: string },
): Result<string, 'bad-name' | 'name-taken' | 'branch-exists'> {
  if (asked.name === undefined) {
    const taken = records.flatMap(({ name, branch }) => [name, branch.slice(branchOf('').length)])
    // A suggested name is in lower case throughout.
    return ok(
      suggestName(
        asked.prompt,
        taken.map((name) => name.toLowerCase()),
      ),
    )
  }
  const name = parseName(asked.name)
  if (!name.ok) return name
  const twin = twinOf(records, name.value)
  if (twin !== undefined) return fail('name-taken', `There is a session “${twin.name}” already. Choose another name.`)
  const owner = records.find((record) => same(record.branch, branchOf(name.value)))
  if (owner === undefined) return name
  return fail('branch-exists', `“${owner.name}” works on the branch “${owner.branch}”. Choose another name.`)
}

/**
 * Takes the session and its new name as typed; gives the name, or why it cannot have it. `runs` says whether a session's
 * process is there: while it is, it may still call itself by a former name, and nobody else may get that.
 */
export function newNameFor(
  records: readonly SessionRecord[],
  session: SessionRecord,
  typed: string,
  runs: (id: string) => boolean,
): Result<string, 'bad-name' | 'name-taken'> {
  const name = parseName(typed)
  if (!name.ok) return name
  const others = records.filter((record) => record.id !== session.id)
  const twin = twinOf(others, name.value)
  if (twin !== undefined) return fail('name-taken', `There is a session “${twin.name}” already. Choose another name.`)
  const former = others.find((record) => record.formerNames.some((one) => same(one.name, name.value)) && runs(record.id))
  if (former === undefined) return name
  return fail(
    'name-taken',
    `“${former.name}” was called “${name.value}” before, and its Claude Code may still use that name. Choose another name.`,
  )
}
