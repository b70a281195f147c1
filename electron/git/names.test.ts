import { expect, test } from 'vitest'
import { branchRef, decodePath, parseBranchName, parseOid, parseRepoPath, pathBytes } from './names.ts'
import { createRepository } from './testing/repository.ts'

test('a path keeps every byte, whatever the bytes are', () => {
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const pieces = ['a', '/', ' ', 'é', '日本', '😀', '﻿', '퟿', '']
  for (let round = 0; round < 5000; round += 1) {
    const parts = Array.from({ length: random(12) }, () =>
      random(2) === 0 ? Buffer.of(random(255) + 1) : Buffer.from(pieces[random(pieces.length)]!),
    )
    const bytes = Buffer.concat(parts)
    expect(pathBytes(decodePath(bytes)).toString('hex')).toBe(bytes.toString('hex'))
  }
})

test('bytes that are UTF-8 come as the text they are', () => {
  expect(decodePath(Buffer.from('src/größe-日本.ts'))).toBe('src/größe-日本.ts')
  expect(decodePath(Buffer.from([0x61, 0xff, 0xc3, 0xa9]))).toBe('a\udcffé')
})

const BRANCHES = [
  'main', 'sluice/login', 'feat/;rm -rf', 'feat/;rm', '`id`', '$(x)', "it's", 'emoji-😀', '--output=x', '-f', '-', 'a..b', 'a b', 'a~1', 'a^', 'a:b',
  'a?', 'a*', 'a[b', 'a\\b', 'x.lock', 'x.lock/y', '.x', 'x/.y', 'x.', 'x/', '/x', 'a//b', 'a@{1}', '@', 'HEAD', 'CON', '', 'a\u007fb', 'a\u0001b', 'é'.repeat(60),
] // prettier-ignore

test('a branch name is good exactly when git says so', async () => {
  const { git, path } = await createRepository()
  for (const name of BRANCHES) {
    const { code } = await git.run({ cwd: path, args: ['check-ref-format', `refs/heads/${name}`] })
    expect([name, branchRef(name) !== null]).toEqual([name, code === 0])
  }
})

test('a name for a new branch can never be an option', () => {
  for (const name of ['-f', '--output=x', '-', 'HEAD', 'a..b', '']) expect(parseBranchName(name)).toBeNull()
  expect(parseBranchName('sluice/-f')).toBe('sluice/-f')
})

test('an id is forty or sixty-four hex digits and nothing else', () => {
  expect(parseOid('A'.repeat(40))).toBe('a'.repeat(40))
  expect(parseOid('a'.repeat(64))).toBe('a'.repeat(64))
  for (const text of ['a'.repeat(39), 'g'.repeat(40), `${'a'.repeat(40)}\n`, '', 'HEAD']) expect(parseOid(text)).toBeNull()
})

test('a path from outside cannot leave the repository', () => {
  for (const path of ['', '/etc/passwd', '..', '../x', 'a/../../x', 'a\0b']) expect(parseRepoPath(path)).toBeNull()
  for (const path of ['a', '-x', ':(glob)**', 'a..b', '..a/b', 'a\nb']) expect(parseRepoPath(path)).toBe(path)
})
