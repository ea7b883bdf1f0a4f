import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { formatInstant } from "../../domain/Instant.js"
import { kindPaths } from "../../domain/posts/KindList.js"
import { PageNotFound } from "../../errors/Address.js"
import type { DatabaseFailure } from "../../errors/Database.js"
import { type MappedPost, PostArchive } from "../../services/PostArchive.js"
import { Settings } from "../../settings/Config.js"
import { revalidated } from "../http/Revalidation.js"
import { publicPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { revisionTag } from "./RevisionTag.js"

/**
 * Number of ids of posts in one sitemap: 5,000 addresses take 0.8 MB, which the page cache keeps. The protocol allows 50,000
 * (https://www.sitemaps.org/protocol.html).
 */
const partSize = 5_000

/** Number of posts that are read and written at once, some milliseconds. */
const batch = 500

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")

const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

const declared = (xml: string) =>
  HttpServerResponse.text(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`, {
    contentType: "application/xml; charset=utf-8"
  })

const urlOf = (siteUrl: string, { changedAt, path }: { readonly path: string; readonly changedAt?: number }): string =>
  `<url><loc>${escaped(`${siteUrl}${path}`)}</loc>${
    changedAt === undefined ? "" : `<lastmod>${formatInstant(changedAt)}</lastmod>`
  }</url>`

/** The site's addresses for search engines: one sitemap, or an index of several (`?part=2`) on a large site. */
export const sitemap = Routes.use(
  Effect.fnUntraced(function* (routes) {
    const archive = yield* PostArchive
    const { siteUrl } = yield* Settings
    const entityTag = yield* revisionTag

    /** The posts of one part, with turns for other requests between batches. */
    const postsOf = (part: number): Effect.Effect<ReadonlyArray<string>, DatabaseFailure> =>
      Effect.gen(function* () {
        const urls: Array<string> = []
        const last = part * partSize
        let after: number | undefined = last - partSize
        while (after !== undefined) {
          const read: { readonly posts: ReadonlyArray<MappedPost>; readonly next: number | undefined } =
            yield* archive.mapped({ after, last, limit: batch })
          for (const post of read.posts) urls.push(urlOf(siteUrl, post))
          after = read.next
          yield* Effect.yieldNow()
        }
        return urls
      })

    /** The home page, the archive, and the lists of kinds that have posts. */
    const listsOf = Effect.map(archive.kinds, (kinds) => {
      const paths = ["/", ...(kinds.size > 0 ? ["/archive"] : []), ...[...kinds.keys()].map((kind) => kindPaths[kind])]
      return paths.map((path) => urlOf(siteUrl, { path }))
    })

    const part = (number: number) =>
      Effect.gen(function* () {
        const urls = [...(number === 1 ? yield* listsOf : []), ...(yield* postsOf(number))]
        if (urls.length === 0) return yield* new PageNotFound()
        return declared(`<urlset ${namespace}>\n${urls.join("\n")}\n</urlset>`)
      })

    const index = (parts: number) =>
      Effect.gen(function* () {
        const numbers = Array.from({ length: parts }, (_, place) => place + 1)
        const used = yield* Effect.filter(numbers, (number) =>
          number === 1
            ? Effect.succeed(true)
            : Effect.map(
                archive.mapped({ after: (number - 1) * partSize, last: number * partSize, limit: 1 }),
                ({ posts }) => posts.length > 0
              )
        )
        const maps = used.map((number) => `<sitemap><loc>${siteUrl}/sitemap.xml?part=${number}</loc></sitemap>`)
        return declared(`<sitemapindex ${namespace}>\n${maps.join("\n")}\n</sitemapindex>`)
      })

    yield* routes.add(
      publicPage,
      "GET",
      "/sitemap.xml",
      Effect.gen(function* () {
        const given = (yield* HttpServerRequest.ParsedSearchParams).part
        const wanted = typeof given === "string" && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined
        return yield* revalidated(
          yield* entityTag(),
          Effect.gen(function* () {
            const parts = Math.ceil((yield* archive.lastId) / partSize)
            if (wanted !== undefined) return yield* wanted <= Math.max(1, parts) ? part(wanted) : new PageNotFound()
            return yield* parts > 1 ? index(parts) : part(1)
          })
        )
      })
    )
  })
)
