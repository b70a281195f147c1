/** One kept screen as a file: whole or not at all, for the user's eyes only. Knows when it was and how long it is, not what it says. */

import { constants } from 'node:fs'
import { open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFile } from '../kit/remove-file.ts'
import { MOST_BYTES } from './saved-lines.ts'

export type Saved = {
  /** When the terminal showed it. */
  readonly at: Date
  readonly bytes: Uint8Array<ArrayBuffer>
}

const FILE = 'screen'
/** The ids of sessions. One with a colon is a terminal beside a session's, which nobody goes on with. */
const KEPT_ID = /^[\w-]{1,100}$/u
const HEADER = /^sluice-screen 1 (\d{4}-\d\d-\d\dT[\d:.]{8,12}Z) (\d{1,8})\n/u
const MOST_HEADER_BYTES = 80

/** Where the screen of a terminal is kept: in the folder of its session; null for a terminal that is not kept. */
export function savedFile(sessionsFolder: string, id: string): string | null {
  return KEPT_ID.test(id) ? join(sessionsFolder, id, FILE) : null
}

export async function writeSaved(file: string, { at, bytes }: Saved): Promise<void> {
  const draft = `${file}.draft`
  try {
    await writeFile(draft, [`sluice-screen 1 ${at.toISOString()} ${bytes.length}\n`, bytes], { mode: 0o600 })
    await rename(draft, file)
  } catch (error) {
    await removeFile(draft).catch(() => undefined)
    throw error
  }
}

/** Null where there is none, or none that can be read. What is no kept screen is put out of the way. */
export async function readSaved(file: string): Promise<Saved | null> {
  const opened = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => error,
  )
  if (opened instanceof Error) {
    if ('code' in opened && opened.code === 'ELOOP') await putAside(file)
    return null
  }
  const handle = opened as Awaited<ReturnType<typeof open>>
  try {
    const about = await handle.stat()
    const most = MOST_BYTES + MOST_HEADER_BYTES
    const saved = about.isFile() && about.size <= most ? parse(await handle.readFile()) : null
    if (saved === null) await putAside(file)
    return saved
  } catch {
    return null
  } finally {
    await handle.close()
  }
}

function parse(all: Uint8Array): Saved | null {
  const header = HEADER.exec(new TextDecoder('latin1').decode(all.subarray(0, MOST_HEADER_BYTES)))
  if (header === null) return null
  const at = new Date(header[1] ?? '')
  const bytes = Uint8Array.from(all.subarray(header[0].length))
  return Number.isNaN(at.getTime()) || bytes.length !== Number(header[2]) ? null : { at, bytes }
}

/** Kept for who wants to know, once: the next one takes its place. */
export async function putAside(file: string): Promise<void> {
  await rename(file, `${file}.unreadable`).catch(() => undefined)
}

export async function removeSaved(file: string): Promise<void> {
  for (const each of [file, `${file}.draft`, `${file}.unreadable`]) await removeFile(each)
}
