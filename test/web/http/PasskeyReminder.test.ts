import { expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SiteSettings } from "../../../src/services/SiteSettings.js"
import * as Editor from "../../../src/web/editor/Routes.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as Settings from "../../../src/web/settings/Routes.js"
import { claimed, formIn, ownerRoutes, serverWith, visitor } from "../../fixtures/OwnerServer.js"

const site = serverWith(serve(Layer.mergeAll(ownerRoutes, Editor.routes, Settings.routes)))

const reminder = "Add a passkey"

it.effect("suggests a passkey until it is dismissed, once and for all browsers", () =>
  Effect.gen(function* () {
    yield* claimed
    const [one, other] = [visitor(), visitor()]
    yield* one.login()
    yield* other.login()
    expect((yield* one.get("/admin/")).body).toContain(reminder)
    const { fields } = formIn((yield* one.get("/admin/")).body, "/admin/passkey-reminder")
    const dismissed = yield* one.post("/admin/passkey-reminder", fields)
    expect([dismissed.status, dismissed.headers.get("location")]).toEqual([303, "/admin/"])
    expect((yield* other.get("/admin/")).body).not.toContain(reminder)
    // Other settings of the section are saved without it.
    const care = formIn((yield* one.get("/admin/settings/care")).body, "/admin/settings/care").fields
    care.set("countViews", "on")
    yield* one.post("/admin/settings/care", care)
    const { values } = yield* (yield* SiteSettings).current
    expect(values.care).toEqual({ countViews: true, checkUpdates: false, remindsOfPasskey: false })
  }).pipe(Effect.provide(site))
)
