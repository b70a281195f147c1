/** Which suggestion Tab takes: one that goes on with what was typed, never one in place of it. Pure. */

/** Takes what was typed and what is suggested, the best first; gives the one that continues it, or null where Tab leads on. */
export function continuing<Of extends { readonly value: string }>(typed: string, suggestions: readonly Of[]): Of | null {
  const lower = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:\.\/)+/u, '')
  // A whole folder is left as it is, so that Tab leads out of the field again.
  if (lower === '' || lower.endsWith('/')) return null
  const cut = lower.lastIndexOf('/') + 1
  const [folder, piece] = [lower.slice(0, cut), lower.slice(cut)]
  const goesOn = ({ value }: Of): boolean => {
    const wanted = value.toLowerCase()
    return wanted.startsWith(folder) && wanted.slice(cut).includes(piece)
  }
  return suggestions.find(goesOn) ?? null
}
