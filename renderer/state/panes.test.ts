/** Facts about the layout of the panes. */

import { describe, expect, test } from 'vitest'
import { ALL_PANES, focused, isShown, PANES, shown, toggled, type Panes } from './panes.ts'

const seen = (panes: Panes): string => PANES.filter((pane) => isShown(panes, pane)).join(' ')

describe('folding away', () => {
  test('a pane goes and comes back', () => {
    const folded = toggled(ALL_PANES, 'review')
    expect(seen(folded)).toBe('terminal queue')
    expect(toggled(folded, 'review')).toEqual(ALL_PANES)
  })

  test('the last one cannot be folded away: all come back', () => {
    const last = toggled(toggled(ALL_PANES, 'review'), 'queue')
    expect(seen(last)).toBe('terminal')
    expect(seen(toggled(last, 'terminal'))).toBe('terminal review queue')
  })

  test('folding away what has the whole room shows the others', () => {
    expect(seen(toggled(focused(ALL_PANES, 'terminal'), 'terminal'))).toBe('review queue')
  })
})

describe('the whole room', () => {
  test('is given, and given back as it was', () => {
    const before = toggled(ALL_PANES, 'queue')
    const alone = focused(before, 'review')
    expect(seen(alone)).toBe('review')
    expect(focused(alone, 'review')).toEqual(before)
  })

  test('goes from one to another, also to one that was folded away', () => {
    expect(seen(focused(focused(ALL_PANES, 'review'), 'terminal'))).toBe('terminal')
    expect(seen(focused(toggled(ALL_PANES, 'terminal'), 'terminal'))).toBe('terminal')
  })

  test('ends when another pane is asked for', () => {
    expect(seen(shown(focused(ALL_PANES, 'review'), 'queue'))).toBe('terminal review queue')
  })

  test('what can be seen already stays as it is', () => {
    const alone = focused(ALL_PANES, 'terminal')
    expect(shown(alone, 'terminal')).toBe(alone)
  })
})

describe('a narrow window', () => {
  const narrow: Panes = { ...ALL_PANES, narrow: true }

  test('has room for two: the queue gives way', () => {
    expect(seen(narrow)).toBe('terminal review')
    expect(seen(toggled(narrow, 'review'))).toBe('terminal queue')
  })

  test('the queue has the whole room when it is asked for, and leaves nothing behind', () => {
    const asked = shown(narrow, 'queue')
    expect(seen(asked)).toBe('queue')
    expect(toggled(asked, 'queue')).toEqual(narrow)
    expect(seen(shown(asked, 'review'))).toBe('terminal review')
  })

  test('a wider one shows all three again', () => {
    expect(seen({ ...toggled(narrow, 'queue'), alone: null, narrow: false })).toBe('terminal review queue')
  })
})
