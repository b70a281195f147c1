import { expect, test } from 'vitest'
import { chosenOf, isProposed, proposalOf, type Proposal } from './first-steps.ts'

const PROPOSAL = proposalOf({
  checks: [
    { command: 'npm run lint', from: 'package.json' },
    { command: 'npm test', from: 'package.json' },
  ],
  setup: [
    { command: 'npm ci', from: 'package-lock.json' },
    { command: 'pip install -r requirements.txt', from: 'requirements.txt' },
  ],
})

test('everything that was found is proposed, and one setup', () => {
  expect(PROPOSAL.checks.map((one) => one.taken)).toEqual([true, true])
  expect(PROPOSAL.setup).toEqual({ command: 'npm ci', from: 'package-lock.json', taken: true })
  expect(proposalOf({ checks: [], setup: [] })).toEqual({ checks: [], setup: null })
})

test('what is ticked is set, as the user has it', () => {
  expect(chosenOf(PROPOSAL)).toEqual({ checks: ['npm run lint', 'npm test'], setup: 'npm ci' })
  const edited: Proposal = {
    checks: [
      { command: ' npm run lint -- --fix ', from: 'package.json', taken: true },
      { command: 'npm test', from: 'package.json', taken: false },
      { command: '  ', from: 'package.json', taken: true },
    ],
    setup: { command: 'npm ci', from: 'package-lock.json', taken: false },
  }
  expect(chosenOf(edited)).toEqual({ checks: ['npm run lint -- --fix'] })
})

test('nothing ticked sets nothing, so that what is set elsewhere stays', () => {
  expect(chosenOf({ checks: [{ command: 'npm test', from: 'package.json', taken: false }], setup: null })).toEqual({})
})

const FIRST = { trusted: true, seen: false, taking: false }
const BARE = { checks: [], setup: null }

test('a repository with checks or a setup needs no proposal, nor does one that is not trusted or was answered', () => {
  expect(isProposed(FIRST, BARE)).toBe(true)
  expect(isProposed(FIRST, { ...BARE, checks: ['npm test'] })).toBe(false)
  expect(isProposed(FIRST, { ...BARE, setup: 'npm ci' })).toBe(false)
  expect(isProposed({ ...FIRST, trusted: false }, BARE)).toBe(false)
  expect(isProposed({ ...FIRST, seen: true }, BARE)).toBe(false)
})

test('while it is being taken it stays, whatever is set already', () => {
  expect(isProposed({ ...FIRST, taking: true }, { ...BARE, checks: ['npm test'] })).toBe(true)
  expect(isProposed({ ...FIRST, taking: true, seen: true }, { ...BARE, checks: ['npm test'] })).toBe(false)
})
