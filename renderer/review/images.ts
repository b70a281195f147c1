/** The ways to compare two images, and what is said of one. Pure. */

export const WAYS = [
  { value: 'beside', label: 'Both' },
  { value: 'before', label: 'Before' },
  { value: 'after', label: 'After' },
  { value: 'onion', label: 'Overlaid' },
] as const
export type Way = (typeof WAYS)[number]['value']

/** The ways that there are for what is there. */
export function waysOf(before: boolean, after: boolean): readonly Way[] {
  return before && after ? WAYS.map(({ value }) => value) : [before ? 'before' : 'after']
}

/** Which side it is, how large in dots, and in bytes. */
export function pictureWords(
  word: string,
  bytes: number,
  size: { readonly width: number; readonly height: number } | null,
): string {
  const weight =
    bytes < 1_000
      ? `${bytes} bytes`
      : bytes < 1_000_000
        ? `${(bytes / 1_000).toFixed(1)} kB`
        : `${(bytes / 1_000_000).toFixed(1)} MB`
  return [word, ...(size === null ? [] : [`${size.width} × ${size.height}`]), weight].join(' · ')
}
