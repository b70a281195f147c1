/** Which addresses in a terminal may be opened, and what is said of them first. Pure. */

/** Takes any text; gives the web address it is, or null. */
export function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null
}

/** The target in full, as the browser will take it: the host in punycode, signs that are not seen or turn text around as codes. */
export function targetOf(url: URL): string {
  return url.href.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => encodeURIComponent(sign))
}

/** What a text says it leads to, where it looks like an address at all. */
function saidHost(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const whole = webAddress(plain) ?? webAddress(/https?:\/\/[^\s"'<>()[\]{}]+/iu.exec(plain)?.[0] ?? '')
  if (whole !== null) return whole.host
  const first = /^(?:[\p{L}\p{N}_-]+\.)+[\p{L}]{2,}(?::\d+)?(?=$|[/?#])/u.exec(plain)?.[0]
  return first === undefined ? null : (webAddress(`http://${first}`)?.host ?? null)
}

const isSame = (one: string, other: string): boolean => one.replace(/^www\./u, '') === other.replace(/^www\./u, '')

/** True where who reads the text may think that it leads elsewhere: another host, or a name before the host that looks like one. */
export function misleads(text: string, url: URL): boolean {
  if (url.username !== '' || url.password !== '') return true
  const said = saidHost(text)
  return said !== null && !isSame(said, url.host)
}
