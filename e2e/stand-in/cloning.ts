/**
 * Values as text, between the page and the main process: what structured clone would carry, and an error for what it
 * would not. Both functions run in the page too, by their source text: they may use nothing outside themselves.
 */

export function encode(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', v: String(value) }
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
  if (Array.isArray(value)) return value.map((item) => encode(item))
  if (value instanceof Uint8Array) {
    let text = ''
    for (let at = 0; at < value.length; at += 8192) text += String.fromCharCode(...value.subarray(at, at + 8192))
    return { $: 'bytes', v: btoa(text) }
  }
  if (value instanceof Date) return { $: 'date', v: value.getTime() }
  if (value instanceof Error) return { $: 'error', v: [value.name, value.message] }
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      return { $: 'object', v: Object.entries(value).map(([key, item]) => [key, encode(item)]) }
    }
  }
  throw new TypeError(`An object could not be cloned (by the Electron stand-in): ${Object.prototype.toString.call(value)}.`)
}

export function decode(coded: unknown): unknown {
  if (coded === null || typeof coded !== 'object') return coded
  if (Array.isArray(coded)) return coded.map((item) => decode(item))
  const { $: kind, v: body } = coded as { $: string; v: never }
  switch (kind) {
    case 'number':
      return Number(body)
    case 'bigint':
      return BigInt(body)
    case 'bytes':
      return Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
    case 'date':
      return new Date(body)
    case 'error':
      return Object.assign(new Error(body[1]), { name: body[0] })
    case 'object':
      return Object.fromEntries((body as [string, unknown][]).map(([key, item]) => [key, decode(item)]))
    default:
      return undefined
  }
}
