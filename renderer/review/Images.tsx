/** An image before and after: beside each other, or one laid over the other. */

import { useEffect, useEffectEvent, useId, useState } from 'react'
import type { DiffFile, DiffOf, Pictures } from '../../shared/model/diff.ts'
import { Choices } from '../design/Choices.tsx'
import { ask as askHouse } from '../state/house.ts'
import styles from './Images.module.css'
import { pictureWords, WAYS, waysOf, type Way } from './images.ts'

type Picture = NonNullable<Pictures['from']>
type Shown =
  | { readonly kind: 'coming' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'here'; readonly pictures: Pictures }

const addressOf = ({ mime, base64 }: Picture): string => `data:${mime};base64,${base64}`

/** The last few: an image that scrolled away is there at once when it comes back. */
const known = new Map<string, Pictures>()
const MOST_KEPT = 6

function useLoaded(key: string, question: () => ReturnType<typeof askHouse<'diff.pictures'>>): Shown {
  const [shown, setShown] = useState<{ readonly of: string; readonly shown: Shown } | null>(null)
  const ask = useEffectEvent(question)
  useEffect(() => {
    if (known.has(key)) return
    let over = false
    void ask().then((answer) => {
      if (answer.ok) known.set(key, answer.value)
      const oldest = known.keys().next().value
      if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
      if (over) return
      setShown({
        of: key,
        shown: answer.ok ? { kind: 'here', pictures: answer.value } : { kind: 'failed', message: answer.failure.message },
      })
    })
    return () => {
      over = true
    }
  }, [key])
  const here = known.get(key)
  if (here !== undefined) return { kind: 'here', pictures: here }
  return shown?.of === key ? shown.shown : { kind: 'coming' }
}

function One({ picture, word }: { readonly picture: Picture; readonly word: string }) {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null)
  const [broken, setBroken] = useState(false)
  return (
    <figure className={styles['one']}>
      {broken ? (
        <p>This image cannot be drawn here.</p>
      ) : (
        <img
          className={styles['image']}
          src={addressOf(picture)}
          alt={word}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
          onError={() => setBroken(true)}
        />
      )}
      <figcaption className={styles['words']}>{pictureWords(word, picture.bytes, size)}</figcaption>
    </figure>
  )
}

function Onion({ from, to }: { readonly from: Picture; readonly to: Picture }) {
  const [share, setShare] = useState(50)
  const id = useId()
  return (
    <div className={styles['onion']}>
      <div className={styles['layers']}>
        <img className={styles['image']} src={addressOf(from)} alt="Before" />
        <img className={styles['image']} style={{ opacity: share / 100 }} src={addressOf(to)} alt="After" />
      </div>
      <p className={styles['slide']}>
        <label htmlFor={id}>Before</label>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          step={5}
          value={share}
          aria-label="How much of the image after is seen"
          aria-valuetext={`${share} percent`}
          onChange={(event) => setShare(Number(event.target.value))}
        />
        <span>After</span>
      </p>
    </div>
  )
}

export type ImagesProps = {
  readonly session: { readonly name: string }
  readonly of: DiffOf
  readonly file: Pick<DiffFile, 'path' | 'oldPath'>
  /** Differs whenever the images may. */
  readonly standing: string
}

/** Draws both sides of an image. */
export function Images({ session: { name }, of, file: { path, oldPath }, standing }: ImagesProps) {
  const [way, setWay] = useState<Way>('beside')
  const question = { name, of, path, ...(oldPath === undefined ? {} : { oldPath }) }
  const loaded = useLoaded(JSON.stringify([question, standing]), () => askHouse('diff.pictures', question))
  if (loaded.kind === 'coming') return <p className={styles['frame']}>Loading the image…</p>
  if (loaded.kind === 'failed') return <p className={styles['frame']}>{loaded.message}</p>
  const { from, to } = loaded.pictures
  const ways = waysOf(from !== null, to !== null)
  const chosen = ways.includes(way) ? way : (ways[0] ?? 'beside')
  return (
    <section className={styles['frame']} aria-label={`Image ${path}`}>
      {ways.length < 2 ? null : (
        <Choices
          label="How to compare"
          value={chosen}
          choices={WAYS.filter(({ value }) => ways.includes(value))}
          onChoose={setWay}
        />
      )}
      {chosen === 'onion' && from !== null && to !== null ? (
        <Onion from={from} to={to} />
      ) : (
        <div className={styles['beside']}>
          {from === null || chosen === 'after' ? null : <One picture={from} word={to === null ? 'Deleted image' : 'Before'} />}
          {to === null || chosen === 'before' ? null : <One picture={to} word={from === null ? 'New image' : 'After'} />}
        </div>
      )}
    </section>
  )
}
