import { Context, Effect, Layer, Option, Redacted, TestClock } from "effect"
import * as MemoryAttempts from "../../../layers/limits/Attempts.js"
import * as MemoryAccessTokens from "../../../layers/memory/AccessTokens.js"
import { CapturedLogs, layerCapture } from "../../../layers/memory/Logger.js"
import * as MemoryOwner from "../../../layers/memory/Owner.js"
import * as MemoryPosts from "../../../layers/memory/Posts.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import * as MemorySessionManager from "../../../layers/memory/SessionManager.js"
import * as MemorySignIns from "../../../layers/memory/SignIns.js"
import * as BearerTokens from "../../../layers/outbound/BearerTokens.js"
import * as OwnerProvider from "../../../layers/outbound/OwnerProvider.js"
import * as SafeHttp from "../../../layers/outbound/SafeHttp.js"
import { layerCost, testCost } from "../../../layers/process/PasswordHash.js"
import type { NewAccessToken } from "../../../src/domain/indieauth/AccessToken.js"
import { AccessTokens } from "../../../src/services/AccessTokens.js"
import { Owner } from "../../../src/services/Owner.js"
import { SessionManager } from "../../../src/services/SessionManager.js"
import { Settings, type SettingsValues } from "../../../src/settings/Config.js"
import { home } from "../../../src/web/blog/Home.js"
import { serve } from "../../../src/web/http/Pipeline.js"
import * as ProviderSignIn from "../../../src/web/login/ProviderSignIn.js"
import * as Micropub from "../../../src/web/micropub/Routes.js"
import type { FakeProvider } from "../../layers/outbound/FakeProvider.js"
import * as MediaShelf from "./MediaShelf.js"
import { ask as askServer, settings as serverSettings, testServer } from "./TestServer.js"

/** Serves a site with these settings; what goes out of it is real. Its clock is the test's, and stands still. */
export const serveSite = (settings: SettingsValues) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.UTC(2026, 10, 23))
    const site = testServer(serve(Layer.mergeAll(Micropub.routes, ProviderSignIn.routes, home)), { settings }).pipe(
      Layer.provideMerge(
        Layer.mergeAll(
          MediaShelf.layer,
          MemoryOwner.layer.pipe(Layer.provide(layerCost(testCost)), Layer.provide(MemorySecureRandom.layer)),
          MemoryAttempts.layer,
          MemoryPosts.layer,
          MemorySessionManager.layer,
          MemorySignIns.layer
        )
      ),
      Layer.provideMerge(BearerTokens.layer),
      Layer.provideMerge(Layer.merge(MemoryAccessTokens.layer, OwnerProvider.layer)),
      Layer.provide(Layer.merge(SafeHttp.layer, MemorySecureRandom.layer)),
      Layer.provide(Layer.merge(Layer.succeed(Settings, settings), layerCapture))
    )
    const services = yield* Layer.build(site)
    const ask = (path: string, init?: RequestInit) => Effect.provide(askServer(path, init), services)
    /** Asks with a token, for something that needs one with scope `create`. */
    const use = (token: string) =>
      Effect.map(
        ask("/micropub", {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
          body: "content=x"
        }),
        (answer) => ({ ...answer, code: answer.status === 201 ? undefined : JSON.parse(answer.body).code })
      )
    const tokens = Context.get(services, AccessTokens)
    const localToken = (...scopes: NewAccessToken["scopes"]) =>
      Effect.map(tokens.create({ label: "local", me: "https://me.example/", scopes }), ({ token, record }) => ({
        id: record.id,
        token: Redacted.value(token)
      }))
    return {
      ask,
      use,
      localToken,
      tokens,
      owner: Context.get(services, Owner),
      sessions: Context.get(services, SessionManager),
      logs: Context.get(services, CapturedLogs).events
    }
  })

/** A production site whose owner is the provider's. */
export const siteOf = (provider: Pick<FakeProvider, "me">, overrides: Partial<SettingsValues> = {}) =>
  serveSite({ ...serverSettings, adminMe: Option.some(provider.me), outboundAllow: ["127.0.0.1"], ...overrides })
