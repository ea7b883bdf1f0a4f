import type { AddressMalformed } from "../../errors/Address.js"

/** Maximum length of a request target in characters. Node itself refuses headers of more than 16 KiB. */
const maxAddressLength = 8192

/**
 * Maximum length of the path of a request target, still escaped. The router takes time by the square of the number of
 * `%25` in it: 5 ms for this many characters, 70 ms for four times as many. Imported addresses are shorter.
 */
export const maxPathLength = 2048

const worthALook = /[^\x21-\x7e]|[%\\]|\.\./
const controls = /%00|\p{Cc}/u

/**
 * The error of a request target, if it has one. Strict about the path; a query may contain a stray `%`, but no NUL.
 * Absolute-form targets (`GET http://host/`) are refused, because this is not a proxy.
 */
export const addressFault = (target: string): AddressMalformed["reason"] | undefined => {
  if (target.length > maxAddressLength || pathOf(target).length > maxPathLength) return "too_long"
  if (!target.startsWith("/")) return "form"
  if (!worthALook.test(target)) return undefined
  if (controls.test(target)) return "control_character"
  const path = decoded(pathOf(target))
  if (path === undefined) return "escape"
  if (controls.test(path)) return "control_character"
  return path.split(/[/\\]/).includes("..") ? "traversal" : undefined
}

/** The path of a request target, still escaped. */
export const pathOf = (target: string): string => {
  const end = target.search(/[?#]/)
  return end === -1 ? target : target.slice(0, end)
}

/** The path of a request target as the router reads it; unchanged if an escape is not valid. */
export const decodedPath = (target: string): string => {
  const path = pathOf(target)
  return path.includes("%") ? (decoded(path) ?? path) : path
}

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
