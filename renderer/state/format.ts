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
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The time of a moment where the reader is: “15:04”. */
export function timeOfDay(moment: string): string {
  const at = new Date(moment)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const dayStart = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** The day of a moment where the reader is: “today”, “yesterday”, “3 Nov”, “3 Nov 2025”. */
export function dayWords(moment: string, now: number): string {
  const [at, today] = [new Date(moment), new Date(now)]
  // Days are not always 24 hours long.
  const days = Math.round((dayStart(today) - dayStart(at)) / DAY)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  const day = `${at.getDate()} ${MONTHS[at.getMonth()] ?? ''}`
  return at.getFullYear() === today.getFullYear() ? day : `${day} ${at.getFullYear()}`
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
