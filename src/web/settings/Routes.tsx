import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Clock, Effect, Layer, Option } from "effect"
import { type SectionName, sectionNames } from "../../domain/site/SiteValues.js"
import { OwnerPhoto } from "../../services/OwnerPhoto.js"
import { PostArchive } from "../../services/PostArchive.js"
import { SiteSettings } from "../../services/SiteSettings.js"
import { UpdateChecks } from "../../services/UpdateChecks.js"
import { fixedBy } from "../../settings/ChosenSite.js"
import { Settings } from "../../settings/Config.js"
import { assetRoute } from "../assets/AssetRoute.js"
import * as Body from "../http/Body.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerForm, ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import * as CustomCssRoute from "./CustomCssRoute.js"
import * as LookPreview from "./LookPreview.js"
import { PhotoFields } from "./PhotoFields.js"
import * as PhotoRoutes from "./PhotoRoutes.js"
import { settingsScript } from "./Script.js"
import { type Typed, typedIn } from "./SectionForm.js"
import { SettingsPage, type SettingsPageProps, sectionPath } from "./SettingsPage.js"
import * as WelcomeRoutes from "./WelcomeRoutes.js"

/** A section's form: 32 kB of custom CSS, each byte escaped. */
const sectionForm = { ...ownerForm, maxBody: 262_144 } as const

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The page of a section, and the handler of its form. */
const sectionRoutes = <Name extends SectionName>(section: Name) =>
  Effect.gen(function* () {
    const stored = yield* SiteSettings
    const settings = yield* Settings
    const archive = yield* PostArchive
    const checks = yield* UpdateChecks
    const photo = yield* OwnerPhoto
    const fixed = fixedBy(settings)

    const page = (
      props: Pick<SettingsPageProps<Name>, "basedOn" | "value"> &
        Partial<Pick<SettingsPageProps<Name>, "added" | "faults" | "isSaved" | "newer">>,
      status = 200
    ) =>
      Effect.gen(function* () {
        const about = yield* site
        const now = yield* Clock.currentTimeMillis
        const before = section === "you" ? <PhotoFields photo={yield* photo.state} /> : undefined
        const updates =
          section === "care" && Option.isSome(settings.updateUrl)
            ? { url: settings.updateUrl.value, last: yield* checks.last }
            : undefined
        const counts = section === "home" ? yield* archive.kinds : undefined
        return adminResponse(
          <SettingsPage
            faults={[]}
            {...props}
            section={section}
            fixed={fixed}
            site={about}
            now={now}
            counts={counts}
            updates={updates}
            before={before}
          />,
          { status, ...(section === "look" && { framed: about }) }
        )
      })

    const show = Effect.gen(function* () {
      const { revisions, values } = yield* stored.current
      const { saved } = yield* HttpServerRequest.ParsedSearchParams
      return yield* page({ basedOn: revisions[section], value: values[section], isSaved: saved !== undefined })
    })

    const toSaved = HttpServerResponse.redirect(`${sectionPath(section)}?saved`, { status: 303 })

    const conflict = ({ value }: Typed<Name>) =>
      Effect.flatMap(stored.current, ({ revisions, values }) =>
        isSame(values[section], value)
          ? Effect.succeed(toSaved)
          : page({ basedOn: revisions[section], value, newer: values[section] }, 409)
      )

    const save = Effect.gen(function* () {
      const { values } = yield* stored.current
      const typed = typedIn(section, yield* Body.form(), values[section], settings)
      const { basedOn, edit, faults, value } = typed
      if (edit !== undefined)
        return yield* page({ basedOn, value, ...(edit.action === "add" && { added: lastOf(value) }) })
      if (faults.length > 0) return yield* page({ basedOn, value, faults }, 422)
      return yield* Effect.as(stored.change(section, basedOn, value), toSaved).pipe(
        Effect.catchTag("SettingsConflict", () => conflict(typed))
      )
    })

    return { show, save }
  })

/** The place of the last item of a section's list. */
const lastOf = (value: object): number =>
  Object.values(value).reduce<number>((last, member) => (Array.isArray(member) ? member.length - 1 : last), 0)

const pages = Routes.use((routes) =>
  Effect.forEach(
    sectionNames,
    (section) =>
      Effect.gen(function* () {
        const { save, show } = yield* sectionRoutes(section)
        const path = sectionPath(section)
        yield* routes.add(ownerPage, "GET", path, show)
        yield* routes.add(sectionForm, "POST", path, save)
      }),
    { discard: true }
  )
)

/** The settings that the owner makes in the browser, a page for each section. */
export const routes = Layer.mergeAll(
  Layer.mergeAll(pages, LookPreview.routes).pipe(Layer.provide(OwnerAuth)),
  PhotoRoutes.routes,
  CustomCssRoute.routes,
  WelcomeRoutes.routes,
  assetRoute(settingsScript)
)
