import { Effect, Layer, Option, Redacted } from "effect"
import { formatInstant } from "../domain/Instant.js"
import { setupLink } from "../domain/login/SetupLink.js"
import { annotateJob } from "../services/Correlation.js"
import { Instances } from "../services/Instances.js"
import { Lifecycle } from "../services/Lifecycle.js"
import { Logger } from "../services/Logger.js"
import { Owner } from "../services/Owner.js"
import type { SecureRandom } from "../services/SecureRandom.js"
import { Settings } from "../settings/Config.js"

/**
 * Logs a new setup link at every start until the site has an owner, and invalidates the previous one. It is the only
 * secret that is logged in readable form, on purpose: the operator, who reads the server's output, is the future owner.
 * Of several instances, the one that leads logs it. It works once, for a day, and not at all once the site has an owner.
 */
export const layer: Layer.Layer<never, never, Owner | Lifecycle | Logger | Settings | SecureRandom> =
  Layer.scopedDiscard(
    Effect.gen(function* () {
      const owner = yield* Owner
      const lifecycle = yield* Lifecycle
      const { whileLeading } = yield* Instances
      const { siteUrl } = yield* Settings
      const log = (yield* Logger).named("starpunk.owner")

      const invite = Effect.gen(function* () {
        yield* lifecycle.reached("ready")
        const issued = yield* whileLeading(owner.issueSetup)
        if (issued === undefined || Option.isNone(issued)) return
        const { expiresAt, key } = issued.value
        yield* log.warning("This site has no owner yet: open the setup link to finish setup", {
          setup_link: setupLink(siteUrl, Redacted.value(key)),
          expires_at: formatInstant(expiresAt)
        })
      }).pipe(
        Effect.catchAll((error) =>
          log.warning("Setup link not created", { error, suggestion: "Run `npx starpunk owner setup`" })
        ),
        annotateJob("setup_invitation")
      )
      yield* Effect.forkScoped(invite)
    })
  )
