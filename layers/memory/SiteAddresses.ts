import { Effect, Layer } from "effect"
import { hostsOf } from "../../src/domain/posts/OwnAddress.js"
import { SiteAddresses } from "../../src/services/SiteAddresses.js"
import { Settings } from "../../src/settings/Config.js"

/** Site addresses from the settings. */
export const layer: Layer.Layer<SiteAddresses, never, Settings> = Layer.effect(
  SiteAddresses,
  Effect.map(Settings, ({ formerUrls, siteUrl }) => ({
    history: Effect.succeed({
      all: [...formerUrls, siteUrl],
      current: siteUrl,
      first: formerUrls.at(-1) ?? siteUrl,
      hosts: hostsOf([siteUrl, ...formerUrls])
    }),
    record: Effect.void,
    convertPosts: Effect.succeed(0)
  }))
)
