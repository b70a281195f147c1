/** The address of a remote as it may be shown: whoever set it up may have put a password into it. Pure. */

const WITH_SCHEME = /(?<scheme>[a-z][a-z0-9+.-]*:\/\/)(?<who>[^/@\s'"]*@)/giu

/** Takes a text with addresses in it; gives it without what they sign in with. The user of ssh is no secret. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(WITH_SCHEME, (_all, scheme: string, who: string) =>
    /^(?:git\+)?ssh:\/\/$/iu.test(scheme) && !who.includes(':') ? `${scheme}${who}` : scheme,
  )
}

/** The owner and the name in the address of a forge: `ada/shop` of `git@example.com:ada/shop.git`. Null where it has none. */
export function slugOf(address: string): { readonly owner: string; readonly name: string } | null {
  const found = /^(?:[a-z+]+:\/\/[^/]+\/|[^/\s]+:)(?<owner>[^/\s]+)\/(?<name>[^/\s]+?)(?:\.git)?\/?$/iu.exec(address)
  const [owner, name] = [found?.groups?.['owner'], found?.groups?.['name']]
  return owner === undefined || name === undefined ? null : { owner, name }
}
