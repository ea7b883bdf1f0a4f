import { HttpLayerRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Layer, Option } from "effect"
import { oneLine } from "../../domain/posts/Line.js"
import { storableText } from "../../domain/posts/StorableText.js"
import { PageNotFound } from "../../errors/Address.js"
import { MediaInUse } from "../../errors/Media.js"
import { libraryFilters, MediaLibrary } from "../../services/MediaLibrary.js"
import { MediaStore } from "../../services/MediaStore.js"
import { Posts } from "../../services/Posts.js"
import { Settings } from "../../settings/Config.js"
import { assetRoute } from "../assets/AssetRoute.js"
import * as Body from "../http/Body.js"
import { OwnerAuth, ownersBrowser } from "../http/OwnerAuth.js"
import { ownerForm, ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { describe } from "./Describe.js"
import { DeleteFilePage, FilePage, longestDescription, namedPosts } from "./FilePage.js"
import { LibraryPage } from "./LibraryPage.js"
import { libraryScript } from "./Script.js"

/** Number of files on one page. */
const pageSize = 60

/** Longest search, in characters. */
const longestSearch = 200

/** The largest page number: 60 million files. */
const lastPage = 1_000_000

const parameter = (name: string) =>
  Effect.map(HttpServerRequest.ParsedSearchParams, (given) => [given[name] ?? []].flat()[0])

/** A whole number in the address, within bounds; `undefined` for anything else. */
const numberIn = (name: string, least: number, most: number) =>
  Effect.map(parameter(name), (text) => {
    const number = /^\d{1,9}$/.test(text ?? "") ? Number(text) : Number.NaN
    return number >= least && number <= most ? number : undefined
  })

const seeOther = (address: string) => HttpServerResponse.redirect(address, { status: 303 })

const pages = Routes.use((routes) =>
  Effect.gen(function* () {
    const library = yield* MediaLibrary
    const media = yield* MediaStore
    const posts = yield* Posts
    const { media: limits } = yield* Settings

    const list = Effect.gen(function* () {
      const show = yield* parameter("show")
      const filter = libraryFilters.find((each) => each === show) ?? "all"
      const text = oneLine(storableText((yield* parameter("q")) ?? "")).slice(0, longestSearch)
      const page = (yield* numberIn("page", 1, lastPage)) ?? 1
      const counts = yield* library.counts
      const files = yield* library.list({
        filter,
        words: text.split(" ").filter((word) => word !== ""),
        limit: pageSize + 1,
        offset: (page - 1) * pageSize
      })
      return adminResponse(
        <LibraryPage
          {...{ counts, filter, page, text }}
          mostBytes={limits.maxSizeMb * 1_048_576}
          uploaded={yield* numberIn("uploaded", 1, 1000)}
          files={files.slice(0, pageSize)}
          hasOlder={files.length > pageSize}
          isDeleted={(yield* parameter("deleted")) !== undefined}
          site={yield* site}
        />
      )
    })

    const fileOfPath = Effect.gen(function* () {
      const { id = "" } = yield* HttpLayerRouter.params
      const file = yield* library.byId(id)
      return Option.isSome(file) ? file.value : yield* new PageNotFound()
    })

    /** A file with the first posts that name it. */
    const scene = Effect.gen(function* () {
      const file = yield* fileOfPath
      const found = yield* Effect.forEach(file.posts.slice(0, namedPosts), posts.byId)
      return { file, posts: found.flatMap(Option.toArray), site: yield* site }
    })

    const show = Effect.gen(function* () {
      const saved = yield* numberIn("saved", 0, 100_000)
      return adminResponse(<FilePage {...(yield* scene)} saved={saved} />)
    })

    const save = Effect.gen(function* () {
      const file = yield* fileOfPath
      const given = (yield* Body.form()).get("description")?.[0] ?? ""
      const description = oneLine(storableText(given)).slice(0, longestDescription)
      return seeOther(
        `/admin/media/${file.media.id}?saved=${yield* describe(posts, file, description, yield* ownersBrowser)}`
      )
    })

    const ask = (isChanged: boolean) =>
      Effect.map(scene, (about) =>
        adminResponse(<DeleteFilePage {...about} isChanged={isChanged} />, { status: isChanged ? 409 : 200 })
      )

    const remove = Effect.gen(function* () {
      const { media: file } = yield* fileOfPath
      const standing = (yield* Body.form()).get("standing")?.[0]
      if (standing === undefined) return yield* new MediaInUse()
      yield* media.discard(file.id, standing)
      return seeOther("/admin/media?deleted")
    }).pipe(Effect.catchTag("MediaInUse", () => ask(true)))

    yield* routes.add(ownerPage, "GET", "/admin/media", list)
    yield* routes.add(ownerPage, "GET", "/admin/media/:id", show)
    yield* routes.add(ownerForm, "POST", "/admin/media/:id", save)
    yield* routes.add(ownerPage, "GET", "/admin/media/:id/delete", ask(false))
    yield* routes.add(ownerForm, "POST", "/admin/media/:id/delete", remove)
  })
)

/** The owner's files: where each is used, its description, and its removal. For the owner only. */
export const routes = Layer.merge(pages.pipe(Layer.provide(OwnerAuth)), assetRoute(libraryScript))
