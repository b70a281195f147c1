/** Facts about graphics contexts that are lost. */

import { expect, test } from 'vitest'
import { isSoftware, lossesAfter, NO_LOSSES } from './contexts.ts'

test('another one is tried later each time, and after the sixth none', () => {
  const waits: (number | null)[] = []
  let losses = NO_LOSSES
  for (let at = 0; at < 7; at += 1) {
    losses = lossesAfter(losses, 1_000)
    waits.push(losses.again)
  }
  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, null, null])
})

test('one that held for long is a first one again', () => {
  const many = { count: 6, again: null }
  expect(lossesAfter(many, 600_001)).toEqual({ count: 1, again: 5_000 })
  expect(lossesAfter(many, 600_000).again).toBeNull()
})

test.each([
  'WebKit WebGL ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe, or similar',
  'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
  'Apple Software Renderer',
])('“%s” is software', (renderer) => {
  expect(isSoftware(renderer)).toBe(true)
})

test.each([
  'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
  'ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)',
  'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
  'WebKit WebGL',
])('“%s” is a graphics processor', (renderer) => {
  expect(isSoftware(renderer)).toBe(false)
})
