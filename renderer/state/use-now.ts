/** A clock for things that show a time. Ticks only while something that shows it is mounted. */

import { useEffect, useState } from 'react'

/** Gives the current time, anew every `every` milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), every)
    return () => window.clearInterval(timer)
  }, [every])
  return now
}
