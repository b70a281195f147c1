/** Whether this is a Mac, where the keys have other names. */

export const ON_MAC = /mac/iu.test(navigator.userAgent)
