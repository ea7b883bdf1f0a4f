import { Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { OldAddresses } from "../../services/OldAddresses.js"
import { oldWay } from "../moved/Way.js"

/** Handles addresses of sites that were imported where a route of the blog has nothing. Not found without old addresses. */
export const elsewhere = Effect.map(
  Effect.serviceOption(OldAddresses),
  Option.match({ onNone: () => Effect.fail(new PageNotFound()), onSome: oldWay })
)
