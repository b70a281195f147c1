/** The client verbs of `sluice`: each asks a running House and says what came of it. */

import { resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import type { Client } from '../../shared/client.ts'
import type { Answer, BridgeFailure, CallName, Params, Value } from '../../shared/contract.ts'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Refused } from '../../shared/result.ts'
import { printEvents } from './history.ts'
import type { Link } from './link.ts'
import { done, EXIT, failed, type Outcome } from './outcome.ts'
import { ignoredText, leavingsText } from './leavings-text.ts'
import {
  answerText,
  diffText,
  entryText,
  noPermissionText,
  outputText,
  overlapText,
  queueText,
  sessionText,
  sessionsText,
  shownOrder,
  statusText,
  worktreesText,
} from './print.ts'
import { reviewText } from './review-text.ts'
import { waitForEntry, waitForSession } from './waiting.ts'
import type { Command } from './words.ts'

type Asked<N extends CallName> = Answer<N> | Refused<BridgeFailure['code']>

async function ask<N extends CallName>(
  client: Client,
  name: N,
  params: Params<N>,
  print: (value: Value<N>) => string,
): Promise<Outcome> {
  const answer: Asked<N> = await client.call(name, params)
  if (!answer.ok) return failed(answer.failure.code === 'disconnected' ? EXIT.noHost : EXIT.refused, answer.failure)
  return done(answer.value, print(answer.value))
}

/** A text given as “-” is standard input. */
async function given(text: string, input: NodeJS.ReadableStream): Promise<string> {
  return text === '-' ? readAll(input) : text
}

async function status(client: Client): Promise<Outcome> {
  const answer = await client.call('hello', {})
  if (!answer.ok) return failed(EXIT.refused, answer.failure)
  const { repository, sessions, queue } = answer.value
  const spentUsd = Math.round(sessions.reduce((sum, session) => sum + session.spentUsd, 0) * 1e6) / 1e6
  const json = { repository: repository?.path ?? null, target: repository?.target ?? null, sessions, queue, spentUsd }
  return done(json, statusText(answer.value, spentUsd))
}

async function list(client: Client): Promise<Outcome> {
  const answer = await client.call('session.list', {})
  if (!answer.ok) return failed(EXIT.refused, answer.failure)
  return done(shownOrder(answer.value), sessionsText(answer.value))
}

/** A key that does not exist or a value that does not fit is a mistake in the words: exit 2, nothing written. */
async function setConfig(client: Client, key: string, value: unknown): Promise<Outcome> {
  const answer = await client.call('config.set', { key, value })
  if (answer.ok) return done(answer.value, `${key} = ${JSON.stringify(answer.value[key as keyof typeof answer.value])}`)
  const usage = answer.failure.code === 'bad-key' || answer.failure.code === 'bad-value'
  return failed(usage ? EXIT.usage : EXIT.refused, answer.failure)
}

async function getConfig(client: Client, key: string | undefined): Promise<Outcome> {
  const answer = await client.call('config.get', {})
  if (!answer.ok) return failed(EXIT.refused, answer.failure)
  const value: unknown = key === undefined ? answer.value : answer.value[key as keyof typeof answer.value]
  return done(value, JSON.stringify(value, null, 2))
}

/** The list as scripts know it: what a page wants besides is not part of the contract. */
async function diffList(client: Client, name: string, of: DiffOf): Promise<Outcome> {
  const answer = await client.call('diff.files', { name, of })
  if (!answer.ok) return failed(answer.failure.code === 'disconnected' ? EXIT.noHost : EXIT.refused, answer.failure)
  const { base, head } = answer.value
  const files = answer.value.files.map(({ path, oldPath, status, insertions, deletions, binary, viewed }) => {
    return { path, ...(oldPath === undefined ? {} : { oldPath }), status, insertions, deletions, binary, viewed }
  })
  return done({ base, head, files }, diffText(answer.value))
}

/** Answers the permission that the session asks for now. */
async function answer(client: Client, name: string, allow: boolean): Promise<Outcome> {
  const seen = await client.call('session.show', { name })
  if (!seen.ok) return failed(EXIT.refused, seen.failure)
  const { permission } = seen.value
  if (permission === undefined) {
    const message = noPermissionText(seen.value)
    return failed(EXIT.refused, { code: 'nothing-asked', message })
  }
  return ask(client, 'session.answer', { name, permission: permission.id, allow }, sessionText)
}

/** Says before it archives which ignored files go with the worktree: they are nowhere else. */
async function archive(client: Client, name: string, tell: (text: string) => void): Promise<Outcome> {
  const leavings = await client.call('session.leavings', { name })
  if (leavings.ok && leavings.value.refusal === undefined && leavings.value.ignoredCount > 0) tell(ignoredText(leavings.value))
  return ask(client, 'session.archive', { name }, sessionText)
}

async function review(client: Client, name: string): Promise<Outcome> {
  const shown = await client.call('review.show', { name })
  if (!shown.ok) return failed(EXIT.refused, shown.failure)
  const summed = await client.call('review.summary', { name })
  if (!summed.ok) return failed(EXIT.refused, summed.failure)
  const { looked, readiness, comments } = shown.value
  return done({ readiness, comments, looked, ...summed.value }, reviewText(shown.value, summed.value))
}

/** Runs one client verb against a House. */
export async function runVerb(
  link: Link,
  command: Command,
  io: {
    readonly input: NodeJS.ReadableStream
    write(text: string): void
    /** For a person alone: on standard error, at once. */
    tell(text: string): void
  },
): Promise<Outcome> {
  const { client } = link
  switch (command.kind) {
    case 'status':
      return status(client)
    case 'session-list':
      return list(client)
    case 'session-verb':
      return ask(client, `session.${command.verb}`, { name: command.name }, answerText)
    case 'session-start': {
      const { name, model, own, from, permissionMode, budgetUsd, research } = command
      const prompt = await given(command.prompt, io.input)
      if (prompt.trim() === '') return failed(EXIT.usage, { code: 'usage', message: 'The prompt is empty.' })
      const request = {
        name,
        prompt,
        scope: own,
        ...(model === undefined ? {} : { model }),
        ...(from === undefined ? {} : { from }),
        ...(permissionMode === undefined ? {} : { permissionMode }),
        ...(budgetUsd === undefined ? {} : { budgetUsd }),
        ...(research ? { research } : {}),
      }
      return ask(client, 'session.start', request, answerText)
    }
    case 'session-send': {
      const text = await given(command.text, io.input)
      if (text.trim() === '') return failed(EXIT.usage, { code: 'usage', message: 'The prompt is empty.' })
      const { name, wait } = command
      return ask(client, 'session.send', { name, text, ...(wait ? { wait } : {}) }, answerText)
    }
    case 'session-fork': {
      const { name, to, research } = command
      const prompt = command.prompt === undefined ? undefined : await given(command.prompt, io.input)
      const more = prompt === undefined || prompt.trim() === '' ? {} : { prompt }
      return ask(client, 'session.fork', { name, to, ...more, ...(research ? { research } : {}) }, answerText)
    }
    case 'session-import': {
      const { path, name } = command
      if (path === undefined) return ask(client, 'worktree.list', {}, worktreesText)
      return ask(client, 'session.import', { path: resolve(path), ...(name === undefined ? {} : { name }) }, sessionText)
    }
    case 'session-answer':
      return answer(client, command.name, command.allow)
    case 'session-archive':
      return archive(client, command.name, io.tell)
    case 'session-leavings':
      return ask(client, 'session.leavings', { name: command.name }, leavingsText)
    case 'session-output':
      return ask(client, 'session.output', { name: command.name }, ({ text }) => outputText(text))
    case 'session-move':
      return ask(client, 'session.move', { name: command.name, to: command.to }, sessionsText)
    case 'session-rename':
      return ask(client, 'session.rename', { name: command.name, to: command.to }, sessionText)
    case 'session-wait':
      return waitForSession(link, command)
    case 'diff':
      if (command.json) return diffList(client, command.name, command.of)
      return ask(client, 'diff.patch', { name: command.name, of: command.of }, ({ patch }) => patch.trimEnd())
    case 'review':
      return review(client, command.name)
    case 'overlap':
      return ask(client, 'overlap.list', {}, overlapText)
    case 'queue-list':
      return ask(client, 'queue.list', {}, queueText)
    case 'queue-verb':
      if (command.verb === 'remove')
        return ask(client, 'queue.remove', { name: command.name }, () => `“${command.name}” is out of the queue.`)
      if (command.verb === 'drop-handoff') return ask(client, 'queue.drop-handoff', { name: command.name }, sessionText)
      return ask(client, `queue.${command.verb}`, { name: command.name }, entryText)
    case 'queue-wait':
      return waitForEntry(link, command)
    case 'config-get':
      return getConfig(client, command.key)
    case 'config-set':
      return setConfig(client, command.key, command.value)
    case 'events':
      return printEvents(link, command, io.write)
    default:
      throw new Error(`“${command.kind}” is no client verb.`)
  }
}
