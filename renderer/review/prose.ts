/** What a session wrote, as blocks and runs of plain text: the little Markdown that such messages have. Never HTML, never a link to follow. Pure. */

import { asSeen } from '../state/as-seen.ts'

export type Run = { readonly kind: 'plain' | 'code' | 'strong' | 'em'; readonly text: string }
export type Item = { readonly depth: number; readonly mark: string; readonly runs: readonly Run[] }
export type Block =
  | { readonly kind: 'paragraph' | 'heading' | 'quote'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'code'; readonly text: string }

/** Longer messages are cut: nobody reads them here, and all of it is in the terminal. */
const MOST = 40_000

/** No sign is looked for further than a line is long, so that hostile text costs no time. */
const RUN =
  /`([^`\n]{1,2000})`|\*\*([^*\n]{1,2000})\*\*|(?<![\w*])\*([^*\s][^*\n]{0,2000})\*(?![\w*])|\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)/gu

/** The runs of one stretch of text. */
export function runsOf(text: string): readonly Run[] {
  const runs: Run[] = []
  let at = 0
  for (const found of text.matchAll(RUN)) {
    const [whole, code, strong, em, label, address] = found
    if (found.index > at) runs.push({ kind: 'plain', text: text.slice(at, found.index) })
    if (code !== undefined) runs.push({ kind: 'code', text: code })
    else if (strong !== undefined) runs.push({ kind: 'strong', text: strong })
    else if (em !== undefined) runs.push({ kind: 'em', text: em })
    // Where a link leads is read, not followed.
    else runs.push({ kind: 'plain', text: label === address ? (label ?? whole) : `${label ?? ''} (${address ?? ''})` })
    at = found.index + whole.length
  }
  if (at < text.length) runs.push({ kind: 'plain', text: text.slice(at) })
  return runs
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/u
const HEADING = /^ {0,3}#{1,6} +(.*)$/u
const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(.*)$/u
const QUOTE = /^ {0,3}> ?(.*)$/u

/** Without the signs that may close a heading. By hand: an expression that looks for them from every place takes a second over a hostile line. */
function withoutClosing(heading: string): string {
  let end = heading.length
  while (end > 0 && (heading[end - 1] === '#' || heading[end - 1] === ' ')) end -= 1
  return heading.slice(0, end)
}

type Open =
  | { readonly kind: 'paragraph' | 'quote'; readonly lines: string[] }
  | { readonly kind: 'list'; readonly items: { depth: number; mark: string; lines: string[] }[] }

function closed(open: Open): Block {
  if (open.kind !== 'list') return { kind: open.kind, runs: runsOf(open.lines.join('\n')) }
  return { kind: 'list', items: open.items.map(({ depth, mark, lines }) => ({ depth, mark, runs: runsOf(lines.join('\n')) })) }
}

/** The blocks of a message, in order; never throws, whatever it holds. */
export function blocksOf(message: string): readonly Block[] {
  const text = asSeen(message.length > MOST ? `${message.slice(0, MOST)}…` : message)
  const blocks: Block[] = []
  const at: { open: Open | null } = { open: null }
  let fenced: { readonly sign: string; readonly lines: string[] } | null = null
  const close = (): void => {
    if (at.open !== null) blocks.push(closed(at.open))
    at.open = null
  }
  for (const line of text.split('\n')) {
    if (fenced !== null) {
      const end = FENCE.exec(line)?.[1]
      if (end?.startsWith(fenced.sign) === true && line.trim() === end) {
        blocks.push({ kind: 'code', text: fenced.lines.join('\n') })
        fenced = null
      } else fenced.lines.push(line)
      continue
    }
    const sign = FENCE.exec(line)?.[1]
    const heading = HEADING.exec(line)?.[1]
    const item = ITEM.exec(line)
    const quote = QUOTE.exec(line)?.[1]
    const before = at.open
    if (sign !== undefined) {
      close()
      fenced = { sign, lines: [] }
    } else if (line.trim() === '') close()
    else if (heading !== undefined) {
      close()
      blocks.push({ kind: 'heading', runs: runsOf(withoutClosing(heading)) })
    } else if (item !== null) {
      const [, indent = '', mark = '', words = ''] = item
      const one = { depth: Math.min(4, Math.floor(indent.length / 2)), mark: /\d/u.test(mark) ? mark : '•', lines: [words] }
      if (before?.kind === 'list') before.items.push(one)
      else {
        close()
        at.open = { kind: 'list', items: [one] }
      }
    } else if (before?.kind === 'list' && /^ {2,}/u.test(line)) before.items.at(-1)?.lines.push(line.trim())
    else {
      const kind = quote === undefined ? 'paragraph' : 'quote'
      const words = quote ?? line.trim()
      if (before?.kind === kind) before.lines.push(words)
      else {
        close()
        at.open = { kind, lines: [words] }
      }
    }
  }
  close()
  if (fenced !== null) blocks.push({ kind: 'code', text: fenced.lines.join('\n') })
  return blocks
}

/** More of a message is not read for its first words. */
const MOST_BEFORE_TEASER = 4_000

/** The first sentence or so of a message, in one line without signs. */
export function teaserOf(message: string): string {
  const first = blocksOf(message.slice(0, MOST_BEFORE_TEASER)).find(({ kind }) => kind !== 'code')
  if (first === undefined || first.kind === 'code') return ''
  const runs = first.kind === 'list' ? (first.items[0]?.runs ?? []) : first.runs
  return runs
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 300)
}
