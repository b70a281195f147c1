/** Which conversation a start goes on with, and whether it may: only where Claude Code has it, and nobody else has it open. Only reads. */

import { homedir } from 'node:os'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { cutOffPrompt } from './cut-off.ts'
import { processWith } from './elsewhere.ts'
import type { SessionRecord } from './facts.ts'
import { firstConversation } from './forking.ts'
import type { Launch } from './launch.ts'
import { transcriptOf } from './transcript.ts'

/** How its Claude Code is started. `prompt`: what it is told first. */
export type Start =
  /** A conversation that begins with the session's own prompt, and with a copy of another one where it is a fork. */
  | { readonly kind: 'new' }
  /** Goes on with its conversation; where there is none yet, one begins with the prompt, or the session's own. */
  | { readonly kind: 'resume'; readonly prompt?: string }

/** Where Claude Code keeps what is the user's: settings, conversations, what runs. */
export function claudeConfigDir(env: Readonly<Record<string, string>>): string {
  return env['CLAUDE_CONFIG_DIR'] ?? join(env['HOME'] ?? homedir(), '.claude')
}

/** One that was cut off is told so first, unless it is told something else. */
export async function conversationFor(record: SessionRecord, start: Start, configDir: string): Promise<Launch['conversation']> {
  const { claudeSession, interrupted } = record
  if (start.kind === 'resume' && claudeSession !== null && (await transcriptOf(configDir, claudeSession)) !== null) {
    const told = interrupted === undefined ? null : cutOffPrompt(interrupted)
    return { kind: 'resume', id: claudeSession, prompt: start.prompt ?? told }
  }
  return firstConversation(record, crypto.randomUUID(), start.kind === 'resume' ? start.prompt : undefined)
}

/** Two processes may have one conversation open without a word from either (measured with 2.1.329): both would write it. */
export async function checkFree(
  name: string,
  conversation: Launch['conversation'],
  configDir: string,
): Promise<Result<void, 'in-use'>> {
  const other = conversation.kind === 'resume' ? await processWith(configDir, conversation.id) : null
  if (other === null) return ok(undefined)
  const message = `The conversation of “${name}” is open in another Claude Code (process ${other}). End that one, then resume it here.`
  return fail('in-use', message, { pid: other })
}
