/** The small sign of a state. Each shape differs, so that colour is never needed to tell them apart; the word stands beside it. */

import type { ReactNode } from 'react'
import styles from './StateMark.module.css'

export const SHAPES = ['disc', 'half', 'ring', 'dashes', 'triangle', 'square', 'bars', 'check', 'question', 'dots'] as const
export type Shape = (typeof SHAPES)[number]

/** `needs-you` is the accent; the other tones are calm. */
export type Tone = 'needs-you' | 'busy' | 'calm' | 'good' | 'bad'

const DRAWN: Readonly<Record<Shape, ReactNode>> = {
  disc: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  dashes: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 2.25" />,
  triangle: <path d="M6 1.2 11.4 10.6H.6z" fill="currentColor" strokeLinejoin="round" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  bars: <path d="M3 1.8h2v8.4H3zM7 1.8h2v8.4H7z" fill="currentColor" />,
  check: (
    <path
      d="m1.8 6.4 2.9 2.9 5.5-6.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  question: (
    <path
      d="M3.6 4.1a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.8-1.1 1.5M6 10.1v.3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
    />
  ),
  dots: (
    <path
      d="M1.2 6a1.2 1.2 0 1 1 2.4 0 1.2 1.2 0 0 1-2.4 0m3.6 0a1.2 1.2 0 1 1 2.4 0 1.2 1.2 0 0 1-2.4 0m3.6 0a1.2 1.2 0 1 1 2.4 0 1.2 1.2 0 0 1-2.4 0"
      fill="currentColor"
    />
  ),
}

/** Draws a sign; it says nothing to a screen reader, the word beside it does. */
export function StateMark({ shape, tone }: { readonly shape: Shape; readonly tone: Tone }) {
  return (
    <svg className={styles['mark']} data-tone={tone} data-shape={shape} viewBox="0 0 12 12" aria-hidden="true">
      {DRAWN[shape]}
    </svg>
  )
}
