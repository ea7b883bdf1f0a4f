import { describe } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import * as MediaFiles from "../../../layers/media/MediaFiles.js"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as PageParser from "../../../layers/memory/PageParser.js"
import * as MemorySafeHttp from "../../../layers/memory/SafeHttp.js"
import * as MemorySecureRandom from "../../../layers/memory/SecureRandom.js"
import { layerTest } from "../../../layers/memory/Settings.js"
import * as BearerTokens from "../../../layers/outbound/BearerTokens.js"
import * as OwnerProvider from "../../../layers/outbound/OwnerProvider.js"
import * as SearchIndex from "../../../layers/postgres/search/SearchIndex.js"
import { layerCost, testCost } from "../../../layers/process/PasswordHash.js"
import * as AccessTokens from "../../../layers/sql/stores/AccessTokens.js"
import * as Activity from "../../../layers/sql/stores/Activity.js"
import * as Authorizations from "../../../layers/sql/stores/Authorizations.js"
import * as Devices from "../../../layers/sql/stores/Devices.js"
import * as Owner from "../../../layers/sql/stores/Owner.js"
import * as Passkeys from "../../../layers/sql/stores/Passkeys.js"
import * as Posts from "../../../layers/sql/stores/Posts.js"
import * as PostTransfer from "../../../layers/sql/stores/PostTransfer.js"
import * as SessionManager from "../../../layers/sql/stores/SessionManager.js"
import * as SharedLoginSteps from "../../../layers/sql/stores/SharedLoginSteps.js"
import * as SignIns from "../../../layers/sql/stores/SignIns.js"
import * as SiteSettings from "../../../layers/sql/stores/SiteSettings.js"
import { Settings } from "../../../src/settings/Config.js"
import * as Postgres from "../../fixtures/Postgres.js"
import { temporaryDirectory } from "../../fixtures/Sqlite.js"
import { settings } from "../../fixtures/TestServer.js"
import * as AccessTokensSuite from "../conformance/AccessTokens.js"
import * as ActivitySuite from "../conformance/Activity.js"
import * as AuthorizationsSuite from "../conformance/Authorizations.js"
import * as BearerTokensSuite from "../conformance/BearerTokens.js"
import * as MediaStoreSuite from "../conformance/MediaStore.js"
import * as OwnerSuite from "../conformance/Owner.js"
import * as PostsSuite from "../conformance/Posts.js"
import * as PostTransferSuite from "../conformance/PostTransfer.js"
import * as SessionManagerSuite from "../conformance/SessionManager.js"
import * as SignInsSuite from "../conformance/SignIns.js"
import * as SiteSettingsSuite from "../conformance/SiteSettings.js"

const quiet = Layer.mergeAll(MemorySecureRandom.layer, MemoryLogger.layerSilent, Layer.succeed(Settings, settings))
const database = Layer.merge(Postgres.database(), SearchIndex.layer).pipe(Layer.provideMerge(quiet), Layer.orDie)

const owner = SharedLoginSteps.layer.pipe(
  Layer.provideMerge(Layer.mergeAll(Owner.layer, Devices.layer, Passkeys.layer)),
  Layer.provide(layerCost(testCost)),
  Layer.provide(Layer.provideMerge(layerTest(), database))
)

const nobody = MemorySafeHttp.layerOf((request) => Effect.succeed(MemorySafeHttp.answering(request, "")))

const bearerTokens = BearerTokens.layer.pipe(
  Layer.provide(OwnerProvider.layer),
  Layer.provideMerge(AccessTokens.layer),
  Layer.provide(Layer.mergeAll(database, nobody, PageParser.layer, layerTest({ adminMe: Option.none() })))
)

const media = Layer.unwrapScoped(
  Effect.map(temporaryDirectory, (dataPath) =>
    MediaFiles.layer.pipe(
      Layer.provide(Layer.succeed(Settings, { ...settings, dataPath, media: { maxSizeMb: 1 } })),
      Layer.provide(database)
    )
  )
)

describe.skipIf(Postgres.whyNot !== undefined)("over PostgreSQL", () => {
  const over = "over PostgreSQL"
  AccessTokensSuite.conforms(over, Layer.provide(AccessTokens.layer, database))
  ActivitySuite.conforms(over, Layer.provide(Activity.layer, database))
  AuthorizationsSuite.conforms(over, Layer.provide(Layer.merge(Authorizations.layer, AccessTokens.layer), database))
  BearerTokensSuite.conforms(over, bearerTokens)
  MediaStoreSuite.conforms(over, media)
  OwnerSuite.conforms(over, owner)
  PostsSuite.conforms(over, Layer.provide(Posts.layer, database))
  PostTransferSuite.conforms(over, Layer.provide(PostTransfer.layer, Layer.provideMerge(Posts.layer, database)))
  SessionManagerSuite.conforms(over, Layer.provide(SessionManager.layer, Layer.provideMerge(layerTest(), database)))
  SignInsSuite.conforms(over, Layer.provide(SignIns.layer, database))
  SiteSettingsSuite.conforms(over, Layer.provide(SiteSettings.layer, database))
})
