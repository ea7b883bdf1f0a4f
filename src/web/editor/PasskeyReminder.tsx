import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { JSX } from "preact"
import type { DatabaseFailure } from "../../errors/Database.js"
import { Owner } from "../../services/Owner.js"
import { Passkeys } from "../../services/Passkeys.js"
import { SiteSettings } from "../../services/SiteSettings.js"
import { texts } from "../../texts/Texts.js"

/** The address that dismisses the reminder for good. */
export const dismissalPath = "/admin/passkey-reminder"

/** A line that suggests a passkey, until it is dismissed. */
export const PasskeyReminder = (): JSX.Element => (
  <div class="notice">
    <p>
      {texts.editor.list.passkey} <a href="/admin/security">{texts.editor.list.addPasskey}</a>
    </p>
    <form method="post" action={dismissalPath}>
      <button type="submit" class="btn quiet">
        {texts.editor.list.dismissPasskey}
      </button>
    </form>
  </div>
)

/** Whether to suggest a passkey: the owner logs in here with a passphrase only, and has not dismissed the reminder. */
export const remindsOfPasskey: Effect.Effect<
  Effect.Effect<boolean, DatabaseFailure>,
  never,
  Owner | Passkeys | SiteSettings
> = Effect.gen(function* () {
  const owner = yield* Owner
  const passkeys = yield* Passkeys
  const settings = yield* SiteSettings
  return Effect.gen(function* () {
    if (!(yield* settings.current).values.care.remindsOfPasskey) return false
    return (yield* owner.state).claimed && (yield* passkeys.list).length === 0
  })
})

/** Dismisses the reminder. A change of the same settings at that moment is kept, and the reminder stays. */
export const dismissal = Effect.map(SiteSettings, (settings) =>
  Effect.gen(function* () {
    const { revisions, values } = yield* settings.current
    yield* Effect.catchTag(
      settings.change("care", revisions.care, { ...values.care, remindsOfPasskey: false }),
      "SettingsConflict",
      () => Effect.void
    )
    return HttpServerResponse.redirect("/admin/", { status: 303 })
  })
)
