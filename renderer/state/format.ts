/** Numbers, times and names as a person reads them. Pure: knows no clock and no locale but the product's own. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago a moment was, in milliseconds; never negative, 0 for no or an unreadable moment. */
export function since(moment: string | undefined, now: number): number {
  const at = moment === undefined ? Number.NaN : Date.parse(moment)
  return Number.isNaN(at) ? 0 : Math.max(0, now - at)
}

/** A wait in whole words: “now”, “4 min”, “2 h”, “3 d”. */
export function waitWords(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'now'
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h`
  return `${Math.floor(milliseconds / DAY)} d`
}

/** A running time like a stop watch: “0:42”, “12:05”, “1:02:03”. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** US dollars with cents. */
export function money(usd: number): string {
  return `$${usd.toFixed(2)}`
}

/** The part of an oid that a person compares. */
export function shortOid(oid: string): string {
  return oid.slice(0, 7)
}

/** “1 file”, “3 files”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A path as its folder (with the closing “/”, or empty) and its file name. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const cut = path.lastIndexOf('/') + 1
  return { folder: path.slice(0, cut), name: path.slice(cut) }
}

const CIRCLED_ONE = 0x24_60

/** ① to ⑳, then plain digits: a place in the queue. */
export function circled(place: number): string {
  return place >= 1 && place <= 20 ? String.fromCodePoint(CIRCLED_ONE + place - 1) : String(place)
}
