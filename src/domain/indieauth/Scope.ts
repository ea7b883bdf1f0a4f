import { Either, Schema } from "effect"

/** Scopes with a meaning on this site (Micropub, IndieAuth). */
export const Scope = Schema.Literal("create", "draft", "update", "delete", "undelete", "media", "profile", "email")

export type Scope = typeof Scope.Type

/** Returns whether a scope has a meaning here. Others are for other sites, which verify tokens here. */
export const isScope = Schema.is(Scope)

/** `scope-token` of RFC 6749 §3.3, without commas: apps that separate scopes by commas do so by mistake. */
const scopeToken = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+$/

/** Maximum number of scopes of a token, and of characters of each. */
const scopeLimits = { count: 50, length: 100 }

/** First drafts of Micropub called `create` so, and some apps still do. */
const formerNames: Readonly<Record<string, Scope>> = { post: "create" }

/** Converts scopes to their current names, without duplicates. */
export const presentScopes = (scopes: Iterable<string>): ReadonlyArray<string> => [
  ...new Set(Array.from(scopes, (scope) => (Object.hasOwn(formerNames, scope) ? (formerNames[scope] ?? scope) : scope)))
]

/**
 * Parses scopes in OAuth syntax, separated by spaces. Fails with a sentence that says what is wrong and how to fix it.
 */
export const decodeScopes = (text: string): Either.Either<ReadonlyArray<string>, string> => {
  const given = text.split(/\s+/).filter((scope) => scope !== "")
  if (text.includes(",")) {
    const separated = text.split(/[\s,]+/).filter((scope) => scope !== "")
    return Either.left(
      `Separate scopes by spaces, not by commas: scope=${separated.slice(0, 10).join("%20").slice(0, 200)}`
    )
  }
  if (given.length > scopeLimits.count) return Either.left(`Request at most ${scopeLimits.count} scopes`)
  if (given.some((scope) => scope.length > scopeLimits.length)) {
    return Either.left(`A scope has at most ${scopeLimits.length} characters`)
  }
  return given.every((scope) => scopeToken.test(scope))
    ? Either.right(presentScopes(given))
    : Either.left("Use printable ASCII characters except quotation marks and backslashes in scopes")
}
