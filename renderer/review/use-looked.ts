/** Tells the House what the user has looked at: the commit that was on show for a moment, once the user goes on or has decided. */

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Review } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { ask } from '../state/house.ts'
import { markLooked } from '../state/review-acts.ts'
import { showsAllThatIsNew } from './sides.ts'

/** Who only passes by has looked at nothing. */
const MOMENT_MS = 1500

/** Takes what is on show; `head`: its commit, null while none is. The review of another session is another component. */
export function useLooked({ name, approved }: Session, of: DiffOf, head: string | null): void {
  const seen = useRef<string | null>(null)
  const tell = useEffectEvent(() => {
    const looked = seen.current
    seen.current = null
    if (looked !== null) void markLooked(name, looked)
  })
  const isWhole = showsAllThatIsNew(of)
  useEffect(() => {
    if (head === null || !isWhole) return
    // A window behind others shows nobody anything; its moment begins when somebody comes back to it.
    let timer: ReturnType<typeof setTimeout> | undefined
    const watch = (): void => {
      clearTimeout(timer)
      if (document.visibilityState === 'visible') timer = setTimeout(() => void (seen.current = head), MOMENT_MS)
    }
    watch()
    document.addEventListener('visibilitychange', watch)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', watch)
    }
  }, [head, isWhole])
  // Who approves has looked, however quick that was.
  const decided = useEffectEvent(() => {
    if (head === null) return
    seen.current = head
    tell()
  })
  const was = useRef(approved)
  useEffect(() => {
    if (approved && !was.current) decided()
    was.current = approved
  }, [approved])
  useEffect(() => {
    // A window that closes has no time to unmount anything.
    const leave = (): void => tell()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}

/** How many files came since the user last looked; null while that is not known, and where the user never did. */
export function useFresh({ name, head, research }: Session, review: Review | null): number | null {
  const looked = review?.looked?.head ?? null
  const question = looked === null || research ? null : `${name} ${looked} ${head}`
  const [known, setKnown] = useState<{ readonly question: string; readonly files: number } | null>(null)
  const isSame = looked === head
  useEffect(() => {
    if (question === null || isSame) return
    let over = false
    void ask('diff.files', { name, of: 'looked' }).then((answer) => {
      if (!over && answer.ok) setKnown({ question, files: answer.value.files.length })
    })
    return () => {
      over = true
    }
  }, [question, isSame, name])
  if (question === null) return null
  if (isSame) return 0
  return known?.question === question ? known.files : null
}
