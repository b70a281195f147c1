import { expect, test } from 'vitest'
import { calls } from './contract.ts'

test.each(['settings.set', 'config.set'] as const)(
  '%s without a value is understood: a wire leaves out what is undefined',
  (name) => {
    const sent: unknown = JSON.parse(JSON.stringify({ key: 'theme', value: undefined }))
    expect(calls[name].params.safeParse(sent)).toEqual({ success: true, data: { key: 'theme' } })
    expect(calls[name].params.safeParse({ key: 'theme', value: null })).toMatchObject({ success: true, data: { value: null } })
  },
)
