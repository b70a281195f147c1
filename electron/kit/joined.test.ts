import { expect, test } from 'vitest'
import { createJoined } from './joined.ts'

test('whoever asks before a run begins shares it, whoever asks meanwhile shares the next one, and two never run at once', async () => {
  const ends: (() => void)[] = []
  let [begun, atOnce, most] = [0, 0, 0]
  const joined = createJoined(async () => {
    const mine = (begun += 1)
    most = Math.max(most, (atOnce += 1))
    await new Promise<void>((resolve) => ends.push(resolve))
    atOnce -= 1
    return mine
  })
  const first = [joined.run(), joined.run()]
  await expect.poll(() => begun).toBe(1)
  const second = [joined.run(), joined.run(), joined.run()]
  ends[0]?.()
  expect(await Promise.all(first)).toEqual([1, 1])
  await expect.poll(() => begun).toBe(2)
  ends[1]?.()
  expect(await Promise.all(second)).toEqual([2, 2, 2])
  expect([begun, most]).toEqual([2, 1])
})

test('a run that failed is no reason for the next one to fail', async () => {
  let fails = true
  const joined = createJoined(async () => {
    if (fails) throw new Error('no')
    return 'yes'
  })
  await expect(Promise.all([joined.run(), joined.run()])).rejects.toThrow('no')
  fails = false
  expect(await joined.run()).toBe('yes')
  await joined.idle()
})
