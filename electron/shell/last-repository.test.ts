import { expect, test } from 'vitest'
import type { House } from '../bridge/house.ts'
import { lastRepository } from './last-repository.ts'
import { createFixtureHouse } from './testing/fixture-house.ts'

test('the newest of the known repositories was open last, and no connection stays behind', async () => {
  const house = createFixtureHouse(undefined, ['/newest', '/older'])
  expect(await lastRepository(house)).toBe('/newest')
  expect(house.peers.size).toBe(0)
})

test('a House that knows none, or does not say, has none', async () => {
  expect(await lastRepository(createFixtureHouse())).toBe(null)
  const silent: House = {
    connect: () => ({
      call: async () => ({ ok: false, failure: { code: 'fault', message: 'Something went wrong.' } }),
      frame: () => undefined,
      close: () => undefined,
    }),
    close: async () => undefined,
  }
  expect(await lastRepository(silent)).toBe(null)
})
