import { expect, test } from 'vitest'
import { SESSION_STATES, type SessionState } from '../../shared/model/session.ts'
import { cutOffPrompt, cutOffSentence, leftInHand, wasInHand } from './cut-off.ts'
import { evolve, type SessionFact, type SessionRecord } from './facts.ts'
import { toldCommand } from './leftovers.ts'
import { goesOn } from './restarting.ts'

const of = { session: 's' }
const STARTED: SessionFact = {
  kind: 'session-started',
  ...of,
  repository: 'r',
  name: 'a',
  branch: 'sluice/a',
  worktree: '/w/a',
  order: 1,
  prompt: 'x',
  model: null,
  permissionMode: 'manual',
  scope: [],
  base: 'a'.repeat(40),
  startedAt: '2026-11-21T10:00:00.000Z',
  research: false,
  forkedFrom: null,
  budgetUsd: null,
  port: null,
  imported: false,
}
const LAUNCHED: SessionFact = { kind: 'session-launched', ...of, pid: 7, procStart: '1', claudeSession: 'c', resumed: false }
const closedWhile = (was?: SessionState): SessionFact => ({
  kind: 'session-exited',
  ...of,
  code: 143,
  signal: null,
  asked: true,
  ...(was === undefined ? {} : { was }),
})
const crashedWhile = (was: SessionState): SessionFact => ({
  kind: 'session-exited',
  ...of,
  code: null,
  signal: 'SIGKILL',
  asked: false,
  was,
})
const becomes = (state: SessionState): SessionFact => ({ kind: 'session-state', ...of, state })

function after(...facts: readonly SessionFact[]): SessionRecord {
  const begun: readonly SessionFact[] = [STARTED, { kind: 'session-prepared', ...of }, LAUNCHED]
  const record = [...begun, ...facts].reduce<SessionRecord | null>(evolve, null)
  if (record === null) throw new Error('It is gone.')
  return record
}

test('what was in hand when Sluice ended goes on, where the user wants that', () => {
  for (const state of ['starting', 'working', 'needs-permission', 'asks', 'background'] as const) {
    expect([state, goesOn(after(closedWhile(state)), true)]).toEqual([state, true])
    expect([state, goesOn(after(closedWhile(state)), false)]).toEqual([state, false])
  }
  expect(SESSION_STATES.filter(wasInHand)).toHaveLength(5)
})

test('what says “exited” while Sluice closes does not hide what it was doing', () => {
  expect(goesOn(after(becomes('working'), becomes('idle'), closedWhile('working'), becomes('exited')), true)).toBe(true)
})

test('what had come to an end, runs, waits in line, is paused or is to be archived does not go on by itself', () => {
  const cut = closedWhile('working')
  expect(goesOn(after(closedWhile()), true)).toBe(false)
  expect(goesOn(after(closedWhile('idle')), true)).toBe(false)
  expect(goesOn(after(), true)).toBe(false)
  expect(goesOn(after(cut, LAUNCHED), true)).toBe(false)
  expect(goesOn(after(cut, { kind: 'session-lined-up', ...of, fresh: false, prompt: null }), true)).toBe(false)
  expect(goesOn(after(cut, { kind: 'session-paused', ...of, note: true }), true)).toBe(false)
  expect(goesOn(after(cut, { kind: 'archive-asked', ...of }), true)).toBe(false)
})

test('a crash is followed by one start, a second one before the end of a turn by none', () => {
  expect(goesOn(after(crashedWhile('working')), false)).toBe(true)
  expect(goesOn(after(crashedWhile('idle')), false)).toBe(true)
  expect(goesOn(after(crashedWhile('working'), LAUNCHED, crashedWhile('working')), true)).toBe(false)
  const ended = [becomes('working'), becomes('idle')]
  expect(goesOn(after(crashedWhile('working'), LAUNCHED, ...ended, crashedWhile('working')), true)).toBe(true)
})

test('what was cut off is said in a sentence, and to the model in words that are no command', () => {
  for (const by of ['sluice', 'crash'] as const) {
    for (const state of SESSION_STATES) {
      expect(cutOffSentence({ state, by })).toMatch(
        /^It was .*(?:when Sluice ended|when its Claude Code crashed).*\.$|^A command .*\.$/u,
      )
      const prompt = cutOffPrompt({ state, by })
      expect(prompt === null).toBe(!wasInHand(state))
      expect(prompt ?? 'You were cut off').toMatch(/^You were cut off/u)
    }
  }
  expect(cutOffSentence({ state: 'idle', by: 'crash' })).toBe('It was idle when its Claude Code crashed.')
})

test('a command of the Bash tool is told as the session gave it', () => {
  const around = (command: string): string =>
    `/bin/bash -c source /h/.claude/shell-snapshots/s.sh 2>/dev/null || true && \\builtin shopt -u extglob && eval '${command}' < /dev/null && pwd -P >| /tmp/claude-9b80-cwd`
  expect(toldCommand(around('npm test'))).toBe('npm test')
  expect(toldCommand(around(`echo '"'"'it'"'"' | cat`))).toBe(`echo 'it' | cat`)
  expect(toldCommand('node server.js')).toBe('node server.js')
  expect(toldCommand(`node ${'x'.repeat(500)}`)).toHaveLength(200)
  expect(toldCommand('a\n\u001b[31mb')).toBe('a �[31mb')
})

test('what was in hand at an end that nobody asked for is left in hand, and nothing else', () => {
  const run = { begun: true, atClose: null, last: 'working' } as const
  expect(leftInHand({ asked: false, code: null }, run)).toBe('working')
  expect(leftInHand({ asked: false, code: 0 }, run)).toBeNull()
  expect(leftInHand({ asked: false, code: 1 }, { ...run, begun: false })).toBeNull()
  expect(leftInHand({ asked: true, code: 143 }, run)).toBeNull()
  expect(leftInHand({ asked: true, code: 143 }, { ...run, atClose: 'asks' })).toBe('asks')
  expect(leftInHand({ asked: true, code: 143 }, { ...run, atClose: 'idle' })).toBeNull()
})
