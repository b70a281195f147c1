/** Makes what the stand-in lacks say so, with a name, at the first use. */

/** Takes a part and its name; gives it so that reading anything it lacks throws. */
export function strict<Part extends object>(name: string, part: Part): Part {
  return new Proxy(part, {
    get(target, key): unknown {
      // `then` is read by every await, `toJSON` and symbols by printing.
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return Reflect.get(target, key, target)
      throw new Error(`The Electron stand-in has no ${name}.${key}.`)
    },
  })
}

/** A whole module of Electron that the stand-in does not have. */
export function absent(name: string): object {
  // A function declaration: an arrow could not be constructed, and the error would be another one.
  function refuse(): never {
    throw new Error(`The Electron stand-in has no ${name}.`)
  }
  return new Proxy(refuse, {
    get: (_target, key) => (typeof key === 'symbol' || key === 'then' || key === 'toJSON' ? undefined : refuse()),
    construct: refuse,
  })
}

/** Takes what Electron would emit; a listener for anything else would wait for ever, so adding one throws. */
export function checkEvent(name: string, known: readonly string[], event: string | symbol): void {
  if (typeof event === 'string' && !known.includes(event))
    throw new Error(`The Electron stand-in never emits “${event}” on ${name}.`)
}

/** An event whose default can be prevented, as Electron's. */
export function preventable<Extra extends object>(extra: Extra): Extra & { preventDefault(): void; defaultPrevented: boolean } {
  const event = {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
