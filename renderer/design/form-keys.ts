/** The keys of a form that starts or sends something: Enter alone never does, it is pressed too lightly in a field; Ctrl or Cmd + Enter does. */

import type { KeyboardEvent } from 'react'

export function onFormKey(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    event.currentTarget.requestSubmit()
  } else if (event.target instanceof HTMLInputElement) event.preventDefault()
}
