/** Where the focus goes in a setting. Knows the page's elements only. */

/** Of radio buttons the chosen one. */
const CONTROL = 'input:checked, input:not([type=radio]), textarea, select, button'

/** Takes a setting's row, or something around it; gives its control. Of a row only the part with the control counts. */
export function controlIn(place: Element | null | undefined): HTMLElement | null {
  return (place?.querySelector('[data-control]') ?? place)?.querySelector<HTMLElement>(CONTROL) ?? null
}

/** For a button that goes away with its press: the focus goes to the control of its setting. */
export function focusControlOf(button: Element): void {
  controlIn(button.closest('[data-setting]'))?.focus()
}
