import { expect, test } from 'vitest'
import { readMeminfo, sayMemory, type Memory } from './memory.ts'

const GB = 1024 ** 3

test.each<[string, number, number, boolean | null, boolean]>([
  ['plenty is there', 16, 8, null, false],
  ['a tenth is left', 16, 1.6, null, false],
  ['less than a tenth is left', 16, 1.5, null, true],
  ['on a small machine half a gigabyte counts', 2, 0.45, null, true],
  ['on a small machine a quarter is enough', 2, 0.55, null, false],
  ['a little more than the limit is still short when it was', 16, 1.9, true, true],
  ['a little more than the limit is enough when it was', 16, 1.9, false, false],
  ['a quarter more than the limit ends it', 16, 2.1, true, false],
])('%s', (_title, total, available, was, low) => {
  const last: Memory | null = was === null ? null : { totalBytes: total * GB, availableBytes: 0, low: was }
  expect(sayMemory(last, { totalBytes: total * GB, availableBytes: available * GB }).low).toBe(low)
})

test('a change that nobody could see says nothing new', () => {
  const first = sayMemory(null, { totalBytes: 16 * GB, availableBytes: 8 * GB })
  expect(sayMemory(first, { totalBytes: 16 * GB, availableBytes: 8 * GB + 10_000_000 })).toBe(first)
  expect(sayMemory(first, { totalBytes: 16 * GB, availableBytes: 8 * GB + 60_000_000 })).not.toBe(first)
})

test('what Linux says is read, and what is no answer is none', () => {
  const text = 'MemTotal:        8033552 kB\nMemFree:          240000 kB\nMemAvailable:    5120000 kB\n'
  expect(readMeminfo(text)).toEqual({ totalBytes: 8033552 * 1024, availableBytes: 5120000 * 1024 })
  expect(readMeminfo('MemTotal:  8033552 kB\n')).toBeNull()
})
