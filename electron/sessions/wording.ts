/** What Claude Code hands over, made fit to be read by a person: nothing in it steers a terminal or a page, nothing is endless. Pure. */

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Takes any text; gives it with every character that would be obeyed, or that hides, made visible. Line breaks and tabs stay. */
export function inert(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROL, '�')
}

/** Takes a text and how many characters it may have; a longer one is cut and ends with “…”. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  // Half of a character that takes two units would not be one.
  return `${/[\ud800-\udbff]$/u.test(cut) ? cut.slice(0, -1) : cut}…`
}

/** In one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

const MAX_INPUT = 4096
const MAX_LINE = 120

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The lines of a text behind a mark, as a diff shows them. */
function marked(mark: string, text: string): string {
  return text
    .split('\n')
    .map((line) => `${mark} ${line}`)
    .join('\n')
}

type Input = Readonly<Record<string, unknown>>

function changesOf({ old_string: before, new_string: after }: Input): string | null {
  const [old, now] = [textOf(before), textOf(after)]
  if (old === null || now === null) return null
  return [...(old === '' ? [] : [marked('-', old)]), ...(now === '' ? [] : [marked('+', now)])].join('\n')
}

function fullText(tool: string, input: Input): string {
  const path = textOf(input['file_path']) ?? textOf(input['notebook_path'])
  const command = textOf(input['command'])
  if (tool === 'Bash' && command !== null) return command
  const content = textOf(input['content'])
  if (tool === 'Write' && path !== null && content !== null) return `${path}\n${marked('+', content)}`
  const changes = changesOf(input)
  if (tool === 'Edit' && path !== null && changes !== null) {
    return `${path}${input['replace_all'] === true ? ' (everywhere)' : ''}\n${changes}`
  }
  const plan = textOf(input['plan'])
  if (tool === 'ExitPlanMode') return plan ?? 'Its plan is ready, and it asks to begin. Read it in the terminal.'
  const url = textOf(input['url'])
  if (tool === 'WebFetch' && url !== null) return url
  return JSON.stringify(input, null, 2)
}

function inputOf(value: unknown): Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : { input: value }
}

/** Takes a tool and what Claude Code wants to give it; gives what a person needs to decide. */
export function permissionText(tool: string, input: unknown): string {
  // What is far too long is cut before it is looked through.
  return shortened(inert(shortened(fullText(tool, inputOf(input)), 2 * MAX_INPUT)), MAX_INPUT)
}

/** The same in one short line, such as “Bash: npm install zod”. */
export function permissionLine(tool: string, text: string): string {
  return shortened(oneLine(`${inert(tool)}: ${text}`), MAX_LINE)
}
