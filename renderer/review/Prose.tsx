/** Draws what a session wrote: text only, whatever it wrote. */

import { useMemo } from 'react'
import { blocksOf, type Block, type Run } from './prose.ts'
import styles from './Prose.module.css'

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return runs.map(({ kind, text }, at) => {
    const key = `${at}`
    if (kind === 'code') return <code key={key}>{text}</code>
    if (kind === 'strong') return <strong key={key}>{text}</strong>
    return kind === 'em' ? <em key={key}>{text}</em> : text
  })
}

function Drawn({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      )
    case 'list':
      return (
        <ul>
          {block.items.map((item, at) => (
            <li key={`${at}`} data-depth={item.depth}>
              <span aria-hidden={item.mark === '•'}>{item.mark}</span>
              <p>
                <Runs runs={item.runs} />
              </p>
            </li>
          ))}
        </ul>
      )
    case 'quote':
      return (
        <blockquote>
          <Runs runs={block.runs} />
        </blockquote>
      )
    case 'heading':
    case 'paragraph':
      return (
        <p data-heading={block.kind === 'heading' || undefined}>
          <Runs runs={block.runs} />
        </p>
      )
  }
}

/** Takes Markdown. */
export function Prose({ text }: { readonly text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text])
  return (
    <div className={styles['prose']}>
      {blocks.map((block, at) => (
        <Drawn key={`${at}`} block={block} />
      ))}
    </div>
  )
}
