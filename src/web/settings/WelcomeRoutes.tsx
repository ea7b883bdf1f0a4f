import { HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer } from "effect"
import type { SiteValues } from "../../domain/site/SiteValues.js"
import { MediaStore } from "../../services/MediaStore.js"
import { SiteSettings } from "../../services/SiteSettings.js"
import { fixedBy } from "../../settings/ChosenSite.js"
import { Settings } from "../../settings/Config.js"
import type { FormFields } from "../http/Body.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerPage, writingForm } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { receive, withdraw } from "../http/Upload.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { photoTaking } from "./PhotoTaking.js"
import { faultsOf, one, type SettingsFault } from "./SectionForm.js"
import { afterWelcome, WelcomePage, type WelcomePageProps, welcomePath } from "./WelcomePage.js"

const onwards = HttpServerResponse.redirect(afterWelcome, { status: 303 })

const revision = (fields: FormFields, name: string): number => Number(one(fields, name)) || 0

/** `/admin/welcome`: the page after the passphrase, which leads to the editor. */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const stored = yield* SiteSettings
    const settings = yield* Settings
    const media = yield* MediaStore
    const takePhoto = yield* photoTaking
    const fixed = fixedBy(settings)

    const page = (props: Pick<WelcomePageProps, "revisions" | "values" | "faults">, status = 200) =>
      Effect.gen(function* () {
        const about = yield* site
        const now = yield* Clock.currentTimeMillis
        return adminResponse(<WelcomePage {...props} site={about} fixed={fixed} now={now} />, { status })
      })

    const show = Effect.flatMap(stored.current, ({ revisions, values }) => page({ revisions, values, faults: [] }))

    /** The values of the form. Fields that the environment sets are missing from it. */
    const typed = (fields: FormFields, { site, you }: SiteValues): Pick<SiteValues, "site" | "you"> => ({
      site: {
        ...site,
        ...(fields.has("name") && { name: one(fields, "name") }),
        ...(fields.has("tagline") && { tagline: one(fields, "tagline").replaceAll("\n", " ") }),
        ...(fields.has("timeZone") && { timeZone: one(fields, "timeZone") })
      },
      you: { ...you, ...(fields.has("author") && { name: one(fields, "author") }) }
    })

    const save = Effect.gen(function* () {
      const before = yield* stored.current
      const { fields, uploads } = yield* receive(media, { maxFiles: 1 })
      const values = typed(fields, before.values)
      const revisions = { site: revision(fields, "site-based-on"), you: revision(fields, "you-based-on") }
      const again = (faults: ReadonlyArray<SettingsFault>) => page({ revisions, values, faults }, 422)
      const nameFaults = faultsOf("you", values.you).map((fault) => ({ ...fault, field: "author" }))
      const faults = [...nameFaults, ...faultsOf("site", values.site)]
      if (faults.length > 0) return yield* Effect.zipRight(withdraw(media, uploads), again(faults))
      return yield* Effect.gen(function* () {
        yield* takePhoto(uploads)
        yield* stored.change("site", revisions.site, values.site)
        yield* stored.change("you", revisions.you, values.you)
        return onwards
      }).pipe(
        Effect.catchTags({
          MediaUnsupported: ({ info }) => again([{ field: "photo", message: `${info.message}.` }]),
          MediaDamaged: ({ info }) => again([{ field: "photo", message: `${info.message}.` }])
        })
      )
    })

    yield* routes.add(ownerPage, "GET", welcomePath, show)
    yield* routes.add(writingForm, "POST", welcomePath, save)
  })
).pipe(Layer.provide(OwnerAuth))
