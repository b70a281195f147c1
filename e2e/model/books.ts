/** What the model would have billed: one entry a request, and sums over them. Knows tokens, not prices. */
import type { Part } from './request.ts'
import type { Usage } from './reply.ts'

type Asked = {
  readonly requestId: string
  /** Claude's session id and, for a subagent, its agent id: as the CLI's headers give them. */
  readonly session: string | null
  readonly agent: string | null
  readonly model: string
  /** The newest human text of the conversation, as it reached the model. */
  readonly prompt: string
}

export type Billed = Asked & {
  readonly kind: 'billed'
  readonly part: Part['kind']
  /** Which turn of its script was played, from 0. */
  readonly step: number | null
  readonly messageId: string
  /** `dropped` by the script, or `interrupted` by the client. Both cost money that the client never hears of. */
  readonly outcome: 'complete' | 'dropped' | 'interrupted'
  readonly usage: Usage
}

export type Refused = Asked & { readonly kind: 'refused'; readonly status: number }

export type Entry = Billed | Refused

/** The entries that cost money. */
export function billedOf(entries: readonly Entry[]): readonly Billed[] {
  return entries.filter((entry) => entry.kind === 'billed')
}

/** One usage for all of them. */
export function totalUsage(entries: readonly Billed[]): Usage {
  const sum = (pick: (usage: Usage) => number) => entries.reduce((total, entry) => total + pick(entry.usage), 0)
  return {
    input_tokens: sum((usage) => usage.input_tokens),
    output_tokens: sum((usage) => usage.output_tokens),
    cache_creation_input_tokens: sum((usage) => usage.cache_creation_input_tokens),
    cache_read_input_tokens: sum((usage) => usage.cache_read_input_tokens),
    cache_creation: {
      ephemeral_5m_input_tokens: sum((usage) => usage.cache_creation.ephemeral_5m_input_tokens),
      ephemeral_1h_input_tokens: sum((usage) => usage.cache_creation.ephemeral_1h_input_tokens),
    },
  }
}
