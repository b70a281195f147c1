/** The sizes of the panes: what the user gave them, remembered for each repository, else what suits the occasion. */

import { useEffectEvent, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useGroupRef } from 'react-resizable-panels'
import * as z from 'zod'
import { recall, remember } from '../state/memory.ts'
import { usePanes, type Pane } from '../state/panes.ts'
import { useHouse } from '../state/store.ts'
import { useUnhurried } from '../terminal/use-unhurried.ts'
import { occasionOf, percentagesOf, sharesAfter, USUAL_SHARES, type Occasion, type Shares } from './pane-sizes.ts'

const shares = z.object({ terminal: z.number().positive(), review: z.number().positive(), queue: z.number().positive() })

/** One terminal and several are sized apart: what is right for the one is cramped for the others. */
type Sized = Readonly<Record<'one' | 'several', Shares | null>>

const kindOf = (occasion: Occasion): keyof Sized => (occasion === 'one' ? 'one' : 'several')

/** Takes the id of the repository and the panes that show. */
export function useSizes(repository: string, shown: readonly Pane[]) {
  const group = useGroupRef()
  const lastKey = useRef(Number.NEGATIVE_INFINITY)
  const terminals = usePanes((panes) => panes.terminals)
  const now = useHouse(({ projection }) => occasionOf(projection.view?.sessions ?? [], terminals))
  const settled = useUnhurried(now, lastKey)
  // How many terminals there are the user has said; that a diff came is a fact, and moves nothing under the hands.
  const occasion = kindOf(now) === kindOf(settled) ? settled : now
  const kind = kindOf(occasion)
  const keyOf = (which: keyof Sized): string => (which === 'one' ? `panes.${repository}` : `panes.${repository}.several`)
  const [sized, setSized] = useState<Sized>(() => ({
    one: recall(keyOf('one'), shares.nullable(), null),
    several: recall(keyOf('several'), shares.nullable(), null),
  }))
  const sizes = sized[kind] ?? USUAL_SHARES[occasion]
  const keep = (next: Shares | null): void => {
    remember(keyOf(kind), next ?? undefined)
    setSized({ ...sized, [kind]: next })
  }

  const fit = useEffectEvent(() => void group.current?.setLayout(percentagesOf(sizes, shown)))
  const fitted = useRef(occasion)
  useLayoutEffect(() => {
    if (fitted.current === occasion) return
    fitted.current = occasion
    fit()
  }, [occasion])

  return {
    group,
    layout: percentagesOf(sizes, shown),
    /** After the user has moved a border. */
    resized: (layout: Readonly<Record<string, number>>) => keep(sharesAfter(sizes, layout)),
    /** Gives the user's sizes up. */
    reset() {
      group.current?.setLayout(percentagesOf(USUAL_SHARES[occasion], shown))
      keep(null)
    },
    onKeyDown({ target }: KeyboardEvent) {
      if (target instanceof HTMLTextAreaElement) lastKey.current = performance.now()
    },
  }
}
