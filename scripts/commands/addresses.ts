import { Command } from "@effect/cli"
import { Effect } from "effect"
import * as Maintenance from "../../layers/Maintenance.js"
import { SiteAddresses } from "../../src/services/SiteAddresses.js"
import { answer, json } from "../Answer.js"

/** `starpunk addresses`. */
export const addresses = Command.make("addresses", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { all, current, first } = yield* Effect.flatMap(SiteAddresses, ({ history }) => history)
    const former = all.filter((origin) => origin !== current)
    yield* answer(json, { current, former, feed_ids: first }, () =>
      [
        `The site's address is ${current}.`,
        former.length === 0
          ? "No former addresses."
          : `Former addresses, still treated as the site's own: ${former.join(", ")}`,
        `Feed ids of posts without their own id begin with ${first}.`
      ].join("\n")
    )
  }).pipe(Effect.provide(Maintenance.layer))
).pipe(Command.withDescription("Shows the current and former addresses of the site"))
