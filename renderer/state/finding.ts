/** Asks the House what there is to work with: tools, folders, the demonstration. One function per question. */

import type { Folder, Found } from '../../shared/model/found.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { ask } from './house.ts'

/** What Sluice finds on the machine and in the open repository; null when it could not be asked. */
export async function look(): Promise<Found | null> {
  const answer = await ask('repository.look', {})
  return answer.ok ? answer.value : null
}

/** The folders in a folder of the House's machine; null when there is no such folder, or it cannot be read. */
export async function listFolder(path: string): Promise<Folder | null> {
  const answer = await ask('folder.list', { path })
  return answer.ok ? answer.value : null
}

/** Starts the demonstration; gives its address, or the sentence to show. */
export async function startDemo(): Promise<Result<string, 'no-demo'>> {
  const answer = await ask('demo.start', {})
  return answer.ok ? ok(answer.value.url) : fail('no-demo', answer.failure.message)
}
