import { expect, test } from 'vitest'
import { argumentsOf, command, limitedTo, portions } from './argv.ts'
import { decodePath, parseOid, type RepoPath } from './names.ts'

const oid = parseOid('a'.repeat(40))!
const MANNERS = [
  { trusted: false, writes: false },
  { trusted: false, writes: true },
  { trusted: true, writes: false },
] as const

test('text that nobody checked does not compile into a command', () => {
  const typed: string = '--output=pwn'
  // @ts-expect-error a plain string is refused
  expect(command('diff', typed).args).toContain(typed)
  // @ts-expect-error so is a path where a commit or a ref belongs
  expect(command('diff', decodePath(Buffer.from('x'))).args).toHaveLength(2)
  expect(command('diff', '--raw', oid).args).toEqual(['diff', '--raw', oid])
})

test('hooks run only for a trusted write, and fsmonitor only after trust', () => {
  for (const manner of MANNERS) expect(argumentsOf(command('status'), manner)).toContain('core.hooksPath=/dev/null')
  expect(argumentsOf(command('status'), { trusted: true, writes: true })).not.toContain('core.hooksPath=/dev/null')
  expect(argumentsOf(command('status'), { trusted: false, writes: false })).toContain('core.fsmonitor=false')
  expect(argumentsOf(command('status'), { trusted: true, writes: false })).not.toContain('core.fsmonitor=false')
})

test('paths stand behind “--” and mean themselves', () => {
  const paths = ['-x', ':(glob)**', '*'].map((path) => decodePath(Buffer.from(path)))
  const args = argumentsOf(limitedTo(command('diff'), paths), MANNERS[0])
  expect(args[0]).toBe('--literal-pathspecs')
  expect(args.slice(args.indexOf('--'))).toEqual(['--', ...paths])
})

test('a path that no argument can carry is named by a pattern, and its neighbours stay literal', () => {
  const paths = [decodePath(Buffer.from([0x61, 0x2a, 0xff])), decodePath(Buffer.from(':(glob)*'))]
  const args = argumentsOf(limitedTo(command('diff'), paths), MANNERS[0])
  expect(args).not.toContain('--literal-pathspecs')
  expect(args.slice(-2)).toEqual([String.raw`:(top,glob)a\*?`, ':(top,literal):(glob)*'])
})

test('many paths are split into runs, and none is lost', () => {
  const paths = Array.from({ length: 5000 }, (_, index) => `folder/${'x'.repeat(index % 300)}${index}` as RepoPath)
  const parts = portions(paths)
  expect(parts.length).toBeGreaterThan(10)
  expect(parts.flat()).toEqual(paths)
  for (const part of parts) expect(Buffer.byteLength(part.join(' '))).toBeLessThan(62_000)
})
