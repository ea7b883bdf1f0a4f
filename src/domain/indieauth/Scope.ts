import { Either, Schema } from "effect"

/** What a token may be good for here (Micropub, IndieAuth). */
export const Scope = Schema.Literal("create", "draft", "update", "delete", "undelete", "media", "profile", "email")

/** What a token may be good for here (Micropub, IndieAuth). */
export type Scope = typeof Scope.Type

/** Whether a scope means anything here; all others are for other sites, which ask this one what a token is good for. */
export const isScope = Schema.is(Scope)

/** `scope-token` of RFC 6749 §3.3, but for commas: no site has scopes with commas, and apps separate them so by mistake. */
const scopeToken = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/

/** How many scopes one token may have, and how long each may be, in characters. */
export const scopeLimits = { count: 50, length: 100 }

/** Micropub's first drafts called `create` so, and some apps still do. */
const formerNames: Readonly<Record<string, Scope>> = { post: "create" }

/** Scopes one by one, under their present names, each once. */
export const presentScopes = (scopes: Iterable<string>): ReadonlyArray<string> => [
  ...new Set(Array.from(scopes, (scope) => (Object.hasOwn(formerNames, scope) ? (formerNames[scope] ?? scope) : scope)))
]

/**
 * Reads scopes as OAuth writes them, in one text, separated by spaces. Says in a sentence what is wrong with them, and how
 * to write them.
 */
export const decodeScopes = (text: string): Either.Either<ReadonlyArray<string>, string> => {
  const given = text.split(/\s+/).filter((scope) => scope !== "")
  if (text.includes(",")) {
    const separated = text.split(/[\s,]+/).filter((scope) => scope !== "")
    return Either.left(
      `Scopes are separated by spaces, not by commas: scope=${separated.slice(0, 10).join("%20").slice(0, 200)}`
    )
  }
  if (given.length > scopeLimits.count)
    return Either.left(`At most ${scopeLimits.count} scopes can be asked for at once`)
  if (given.some((scope) => scope.length > scopeLimits.length)) {
    return Either.left(`A scope has at most ${scopeLimits.length} characters`)
  }
  return given.every((scope) => scopeToken.test(scope))
    ? Either.right(presentScopes(given))
    : Either.left("A scope is made of printable ASCII characters other than quotation marks and backslashes")
}
