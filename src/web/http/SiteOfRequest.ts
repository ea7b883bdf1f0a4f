import { Effect, Option } from "effect"
import type { ListedKind } from "../../domain/posts/PostKind.js"
import { PostArchive } from "../../services/PostArchive.js"
import { Posts } from "../../services/Posts.js"
import { SiteSettings } from "../../services/SiteSettings.js"
import { Settings } from "../../settings/Config.js"
import { speak } from "../../texts/Texts.js"
import { siteOf } from "../theme/Site.js"
import { perRevision } from "./PerRevision.js"
import { RequestContext } from "./RequestContext.js"

/**
 * The site for requests: `current` reads the settings for a request; `known` has those that were read last, for pages
 * that must not need the database.
 */
export const siteOfRequest = Effect.gen(function* () {
  const siteNow = siteOf(yield* Settings)
  const settings = yield* SiteSettings
  /** Kinds that have posts, for the default menu. */
  const usedKinds = Option.match(yield* Effect.serviceOption(PostArchive), {
    onNone: () => Effect.succeed<Iterable<ListedKind>>([]),
    onSome: ({ kinds }) => Effect.map(kinds, (counts) => counts.keys())
  })
  const withMenu = perRevision(
    Effect.flatMap(settings.current, (stored) =>
      stored.values.menu.items.length > 0
        ? Effect.succeed(siteNow(stored, []))
        : Effect.map(usedKinds, (used) => siteNow(stored, used))
    )
  )
  /** The site without a menu: apps get no page, so the kinds of posts are not read. */
  const withoutMenu = Effect.map(settings.current, (stored) => siteNow(stored))
  const current = Effect.flatMap(RequestContext, ({ policy }) =>
    policy.caller === "app" ? withoutMenu : withMenu
  ).pipe(Effect.tap(({ language }) => Effect.sync(() => speak(language))))
  /** The number of drafts, for the owner's links on public pages. */
  const drafts = Option.match(yield* Effect.serviceOption(Posts), {
    onNone: () => Effect.succeed(0),
    onSome: ({ counts }) => Effect.map(counts, ({ draft }) => draft)
  })
  return { current, drafts, known: () => siteNow(settings.known()) }
})
