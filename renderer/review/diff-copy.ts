/** Copies lines of the diff as they are in the file: without numbers, signs or what is not drawn. */

import { toast } from '../state/store.ts'

/** True where text of the lines is selected as text: then that is what is meant. */
export function hasTextSelected(drawn: readonly { readonly element: HTMLElement }[]): boolean {
  return [document, ...drawn.map(({ element }) => element.shadowRoot)].some((root) => {
    // Only Chromium has it on shadow roots; elsewhere the document knows.
    const select: unknown = root === null ? undefined : Reflect.get(root, 'getSelection')
    const selection: unknown = typeof select === 'function' ? Reflect.apply(select, root, []) : null
    return selection instanceof Selection && selection.toString() !== ''
  })
}

export async function copy(text: string, words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast({ tone: 'done', message: `Copied ${words}.` })
  } catch {
    toast({ tone: 'failure', message: 'The browser did not let Sluice copy. Click into the page and try again.' })
  }
}
