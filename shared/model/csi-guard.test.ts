import { describe, expect, it } from 'vitest'
import { guardCounts, MAX_COUNT } from './csi-guard.ts'

type Handler = (params: (number | number[])[]) => boolean

function guarded(): Map<string, Handler> {
  const handlers = new Map<string, Handler>()
  guardCounts({
    parser: {
      registerCsiHandler(id, handler) {
        handlers.set(`${id.prefix ?? ''}${id.intermediates ?? ''}${id.final}`, handler)
        return { dispose: () => undefined }
      },
    },
  })
  return handlers
}

describe('the guard', () => {
  it.each(['b', 'S', 'T', 'L', 'M', 'I', 'Z'])('swallows an absurd count of CSI %s, and no other', (final) => {
    const handler = guarded().get(final)
    expect(handler?.([2_147_483_647])).toBe(true)
    expect(handler?.([MAX_COUNT + 1])).toBe(true)
    expect(handler?.([MAX_COUNT])).toBe(false)
    expect(handler?.([1])).toBe(false)
    expect(handler?.([])).toBe(false)
  })

  it('leaves every other sequence alone', () => {
    expect([...guarded().keys()].sort()).toEqual(['I', 'L', 'M', 'S', 'T', 'Z', 'b'])
  })
})
