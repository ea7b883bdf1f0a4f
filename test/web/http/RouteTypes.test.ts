import { HttpServerResponse } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Posts } from "../../../src/services/Posts.js"
import { AppRequest } from "../../../src/web/http/AppAuth.js"
import { OwnerAuth, OwnerSession } from "../../../src/web/http/OwnerAuth.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import { appEndpoint, ownerPage, provenOwnerForm, publicPage } from "../../../src/web/http/RoutePolicy.js"
import { Routes } from "../../../src/web/http/Routes.js"

const done = HttpServerResponse.empty()
const forOwner = Routes.one(ownerPage, "GET", "/admin/x", done)
const forProvenOwner = Routes.one(provenOwnerForm, "POST", "/admin/x", done)
const forApps = Routes.one(appEndpoint, "GET", "/micropub/x", done)

// Checked by `npm run types`: each line that expects an error would be one itself if there were none.
const checks = () => {
  const served = serve(forOwner.pipe(Layer.provide(OwnerAuth)))
  // @ts-expect-error A route for the owner needs OwnerAuth.
  const unguarded: Layer.Layer<never, never, Routes> = forOwner
  // @ts-expect-error A route for the proven owner needs ProofAuth; a session is not enough.
  const underguarded: Layer.Layer<never, never, Routes> = forProvenOwner
  // @ts-expect-error A route for apps needs AppAuth.
  const open: Layer.Layer<never, never, Routes> = forApps
  // @ts-expect-error A handler that asks for the session does not compile on a route for anyone.
  const stray: Layer.Layer<never, never, Routes> = Routes.one(publicPage, "GET", "/y", Effect.as(OwnerSession, done))
  // @ts-expect-error Nor does one that asks for a token.
  const strayApp: Layer.Layer<never, never, Routes> = Routes.one(publicPage, "GET", "/z", Effect.as(AppRequest, done))
  // @ts-expect-error A route without a policy is no route.
  const bare = Routes.one("GET", "/w", done)
  // @ts-expect-error A handler takes its services when its route is made, not while it runs.
  const late = serve(Routes.one(publicPage, "GET", "/v", Effect.as(Posts, done)))
  return { served, unguarded, underguarded, open, stray, strayApp, bare, late }
}

describe("routes", () => {
  it("without their guard do not compile", () => {
    expect(checks).toBeTypeOf("function")
  })
})
