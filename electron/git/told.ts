/** What git and the programs that it runs wrote for a person: as much as fits, without what steers a terminal, without anybody's password. Pure. */

import { withoutCredentials } from './addresses.ts'

// oxlint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/gu
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
const MOST_CHARACTERS = 3000

/** Takes both streams; gives the end of what they say. Hints of git's own are left out. */
export function told({ stdout, stderr }: { readonly stdout: Buffer | string; readonly stderr: string }): string {
  const plain = `${stdout.toString()}\n${stderr}`
    .replaceAll(ESCAPES, '')
    // A line that was written over counts as its last state.
    .replaceAll(/[^\n]*\r(?=[^\n])/gu, '')
    .replaceAll(CONTROL, '')
  const lines = plain.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'))
  const text = lines.map((line) => line.trimEnd().split(' ').map(withoutCredentials).join(' ')).join('\n')
  return text.length > MOST_CHARACTERS ? `…${text.slice(-MOST_CHARACTERS)}` : text
}

/** The words behind a sentence; with nothing said, its exit code. */
export function toldAfter(
  sentence: string,
  ended: { readonly code: number; readonly stdout: Buffer | string; readonly stderr: string },
): string {
  const words = told(ended)
  return words === '' ? `${sentence} (it ended with code ${ended.code}).` : `${sentence}:\n${words}`
}
