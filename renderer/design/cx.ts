/** Class names, joined. */

/** Takes class names and falsy values; gives one attribute. */
export function cx(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ')
}
