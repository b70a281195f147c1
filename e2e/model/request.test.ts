import { expect, test } from 'vitest'
import { partOf, promptOf, turnsBefore } from './request.ts'
import type { ModelRequest } from './request.ts'
import { say, script } from './scripts.ts'

type Content = ModelRequest['messages'][number]['content']
const named = { 'login-fix': [say('Named.')] }
const two = script([say('One.'), say('Two.')])

function conversation(...contents: readonly Content[]): ModelRequest {
  const messages = contents.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content }))
  return { model: 'claude-sonnet-5-5', messages }
}

function textsOf(...texts: readonly string[]): Content {
  return texts.map((text) => ({ type: 'text', text }))
}

/** What would be said, for turns and for everything else that has words. */
function played(request: ModelRequest): string | null {
  const part = partOf(request, named)
  if (part.kind === 'turn') return part.turn.text
  return part.kind === 'unscripted' ? part.text : part.kind
}

test('assistant turns after the script say which step is next', () => {
  expect(played(conversation(two))).toBe('One.')
  expect(played(conversation(two, 'One.', 'Go on.'))).toBe('Two.')
  expect(played(conversation('Hello.', 'Hi.', two))).toBe('One.')
  expect(played(conversation(two, 'One.', 'Go on.', 'Two.', 'More!'))).toBe('Nothing left to do: the script is finished.')
})

test('the newest text block with a script wins, even inside one message', () => {
  expect(played(conversation(two, 'One.', 'Fix it.\n\nrun:login-fix'))).toBe('Named.')
  expect(played(conversation(textsOf(two, 'run:login-fix')))).toBe('Named.')
  expect(played(conversation(textsOf('run:login-fix', two, 'And quickly.')))).toBe('One.')
})

test('a script may stand between words, and names stop at the first odd letter', () => {
  expect(played(conversation(`Do this:\n${two}\nThank you.`))).toBe('One.')
  expect(played(conversation('run:login-fix.'))).toBe('Named.')
  expect(played(conversation('run: [\n  {"text": "Pretty ] \\" printed."}\n]'))).toBe('Pretty ] " printed.')
})

test('a quoted, indented or returned script is not a script', () => {
  const nothing = 'Nothing to do: this conversation carries no script.'
  expect(played(conversation('They were told: run:login-fix'))).toBe(nothing)
  expect(played(conversation('> run:login-fix'))).toBe(nothing)
  expect(played(conversation(textsOf('<system-reminder>\nrun:login-fix\n</system-reminder>')))).toBe(nothing)
  expect(played(conversation([{ type: 'tool_result', content: 'run:login-fix' }]))).toBe(nothing)
})

test('a pasted script is a script', () => {
  expect(played(conversation('<pasted_content id="1">\nrun:login-fix\n</pasted_content>'))).toBe('Named.')
})

test('a script that cannot be read is answered with the reason', () => {
  expect(played(conversation('run:[{"text":"A."}'))).toBe('Script error: the array after “run:” is never closed.')
  expect(played(conversation('run:[oops]'))).toContain('is not JSON')
  expect(played(conversation('run:logout'))).toBe('Script error: no script is named “logout”. Known: login-fix.')
  expect(played(conversation('run:constructor'))).toContain('no script is named “constructor”')
})

test('what Claude Code writes itself does not count as a turn', () => {
  expect(played(conversation(two, textsOf('No response requested.'), 'Go on.'))).toBe('One.')
  expect(turnsBefore(conversation(two, textsOf('No response requested.'), 'Go on.', 'One.', 'More.'))).toBe(1)
})

test('side requests play nothing', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } } }
  expect(partOf({ ...conversation(two), output_config: { format: { schema } } }, named)).toEqual({ kind: 'structured', schema })
  expect(played(conversation(`<session>\n${two}\n</session>`))).toContain('no script')
  expect(played(conversation(two, 'One.', '[SUGGESTION MODE: Suggest what'))).toBe('aside')
  expect(played(conversation(two, 'One.', 'The user stepped away and is coming back. Recap'))).toBe('aside')
})

test('a compaction carries what is left of the script', () => {
  const request = conversation(two, 'One.', 'CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.')
  expect(partOf(request, named)).toEqual({ kind: 'compaction', rest: [say('Two.')] })
  expect(partOf(conversation('Hi.', 'Hello.', 'CRITICAL: Respond with TEXT ONLY.'), named)).toEqual({
    kind: 'compaction',
    rest: [],
  })
})

test('the prompt is the newest text of a person', () => {
  const request = conversation(textsOf('<system-reminder>x</system-reminder>', 'Fix it.'), 'Ok.', [{ type: 'tool_result' }])
  expect(promptOf(request)).toBe('Fix it.')
})
