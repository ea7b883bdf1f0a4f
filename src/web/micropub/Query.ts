import { HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { channelNames } from "../../domain/micropub/Channel.js"
import { PostStatus, Visibility } from "../../domain/posts/Post.js"
import { anyScope } from "../../domain/posts/PostRights.js"
import { foldTag } from "../../domain/posts/Tag.js"
import { MicropubUnsupported } from "../../errors/Micropub.js"
import { Posts } from "../../services/Posts.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { AppRequest, requireScopes } from "../http/AppAuth.js"
import { noteActivity } from "../http/RequestContext.js"
import { type Site, site } from "../theme/Site.js"
import { parameters } from "./Parameters.js"
import { commands, postTypes } from "./PostTypes.js"
import { source } from "./Source.js"

/** Supported values of `q`. */
const queries = ["config", "source", "syndicate-to", "category", "post-types", "channel"] as const
type Query = (typeof queries)[number]

const isQuery = (text: string | undefined): text is Query => queries.some((query) => query === text)

/** There is no syndication, but clients ask (W3C Micropub §3.7.3). */
const targets: ReadonlyArray<never> = []

/** The configuration for clients. */
const abilities = ({ name, url: siteUrl }: Pick<Site, "name" | "url">) => {
  const channels = [
    { uid: channelNames.posts, name },
    { uid: channelNames.pages, name: "Pages" }
  ]
  return {
    channels,
    config: {
      "media-endpoint": `${siteUrl}/micropub/media`,
      "syndicate-to": targets,
      "post-types": postTypes,
      channels,
      q: queries,
      mp: commands,
      "post-status": PostStatus.literals,
      visibility: Visibility.literals
    }
  }
}

/**
 * `GET /micropub?q=…`: configuration and contents of the site, for the owner's clients. Without `q`: identity and
 * scopes of the token, with which clients check their token.
 */
export const query = Effect.gen(function* () {
  const posts = yield* Posts
  const addresses = yield* SiteAddresses

  const categories = Effect.fnUntraced(function* (filter: string) {
    const tags = yield* posts.tags
    return { categories: tags.filter(({ tag }) => tag.includes(filter)).map(({ label }) => label) }
  })

  return Effect.gen(function* () {
    const token = yield* (yield* AppRequest).authenticate()
    yield* requireScopes(token, anyScope)
    const given = yield* parameters
    const q = given.first("q")
    if (q === undefined) {
      const about = { me: token.me, scope: token.scopes.join(" "), client_id: token.clientId }
      return yield* HttpServerResponse.json(about)
    }
    if (!isQuery(q)) return yield* new MicropubUnsupported({ what: "query", given: q, supported: queries })
    yield* noteActivity({ asked: `q=${q}` })
    const about = yield* site
    const { channels, config } = abilities(about)
    const answerSource = source(posts, addresses, { siteUrl: about.url, zone: about.zone })
    const answers = {
      config: Effect.succeed(config),
      source: answerSource(token, given),
      "syndicate-to": Effect.succeed({ "syndicate-to": targets }),
      category: categories(foldTag(given.first("filter") ?? "")),
      "post-types": Effect.succeed({ "post-types": postTypes }),
      channel: Effect.succeed({ channels })
    }
    const answer: object = yield* answers[q]
    return yield* HttpServerResponse.json(answer)
  })
})
