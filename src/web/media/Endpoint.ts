import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Either, Option } from "effect"
import { formatInstant } from "../../domain/Instant.js"
import { appOf } from "../../domain/indieauth/AccessToken.js"
import { type Media, mediaNotice } from "../../domain/media/Media.js"
import { hostFree } from "../../domain/posts/OwnAddress.js"
import { permits, scopesForMedia } from "../../domain/posts/PostRights.js"
import { MediaUnknown } from "../../errors/Media.js"
import { MicropubMalformed, MicropubUnsupported } from "../../errors/Micropub.js"
import { MediaStore } from "../../services/MediaStore.js"
import { SiteAddresses } from "../../services/SiteAddresses.js"
import { Settings } from "../../settings/Config.js"
import { AppRequest, requireScopes } from "../http/AppAuth.js"
import * as Body from "../http/Body.js"
import { noteActivity } from "../http/RequestContext.js"
import { receive, withdraw } from "../http/Upload.js"
import { parameters, wholeNumber } from "../micropub/Parameters.js"

const formType = "application/x-www-form-urlencoded"

const defaultLimit = 20
const maxLimit = 100
const maxOffset = 1_000_000

const itemOf = (siteUrl: string) => (media: Media) => ({
  url: `${siteUrl}${media.path}`,
  published: formatInstant(media.uploadedAt),
  mime_type: media.mediaType,
  size: media.byteLength,
  ...(media.width === undefined ? {} : { width: media.width, height: media.height })
})

/** The Micropub media endpoint (W3C Micropub §3.6), with common extensions. */
export const endpoint = Effect.gen(function* () {
  const media = yield* MediaStore
  const addresses = yield* SiteAddresses
  const { siteUrl } = yield* Settings
  const item = itemOf(siteUrl)

  const find = Effect.fnUntraced(function* (url: string) {
    const { hosts } = yield* addresses.history
    const found = yield* media.byPath(hostFree(url, hosts))
    return Option.isSome(found) ? found.value : yield* new MediaUnknown()
  })

  const upload = Effect.gen(function* () {
    const { authenticateUpload, hasTokenInHeader } = yield* AppRequest
    const admit = (fields: Body.FormFields) =>
      Effect.flatMap(authenticateUpload(fields.get("access_token")), (token) =>
        Either.map(requireScopes(token, scopesForMedia("upload")), () => ({ uploadedBy: appOf(token) }))
      )
    // A token in the header is checked before anything is read.
    if (hasTokenInHeader) yield* admit(new Map())
    const { fields, uploads } = yield* receive(media, { admit, maxFiles: 1 })
    // A different token may come after the file.
    yield* Effect.tapError(admit(fields), () => withdraw(media, uploads))
    const [first] = uploads
    if (first === undefined) {
      return yield* new MicropubMalformed({ part: "file", expected: "one file, as a part with a filename" })
    }
    // Sunlit and Sparkles read the address from the body first.
    const notice = mediaNotice(first.media)
    return yield* HttpServerResponse.json(
      { ...item(first.media), ...(notice !== undefined && { notice }) },
      {
        status: 201,
        headers: { location: `${siteUrl}${first.media.path}` }
      }
    )
  })

  const remove = Effect.gen(function* () {
    const fields = yield* Body.form()
    const token = yield* (yield* AppRequest).authenticate(fields.get("access_token"))
    const action = fields.get("action")?.[0]
    if (action === undefined) {
      return yield* new MicropubMalformed({ part: "file", expected: "one file, in a multipart/form-data body" })
    }
    if (action !== "delete") {
      return yield* new MicropubUnsupported({ what: "action", given: action, supported: ["delete"] })
    }
    yield* noteActivity({ asked: "delete" })
    yield* requireScopes(token, scopesForMedia("delete_upload"))
    const url = fields.get("url")?.[0]
    if (url === undefined) return yield* new MicropubMalformed({ part: "url", expected: "the address of a file" })
    yield* media.remove((yield* find(url)).id)
    return HttpServerResponse.empty({ status: 204 })
  })

  /**
   * `POST /micropub/media`: 201 with the file's address, in `Location` and as `url`; `notice` warns of a codec that
   * some readers cannot play. A form with `action=delete` and `url` removes a file: 204.
   */
  const post = Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    return yield* Body.mediaTypeOf(request) === formType ? remove : upload
  })

  /**
   * `GET /micropub/media`. `q=source`: the files, newest first, by `limit` and `offset`; or, with `url`, one file.
   * `q=last`: the address of the newest file. Tokens that may not read all posts see only files of their own app.
   */
  const query = Effect.gen(function* () {
    const token = yield* (yield* AppRequest).authenticate()
    yield* requireScopes(token, scopesForMedia("list_own_uploads"))
    const mayListAll = permits(token.scopes, scopesForMedia("list_uploads"))
    const whose = mayListAll ? {} : { uploadedBy: appOf(token) }
    const given = yield* parameters
    const q = given.first("q")
    if (q === "last") {
      yield* noteActivity({ asked: "q=last" })
      const [newest] = yield* media.list({ ...whose, limit: 1 })
      return yield* answer(newest === undefined ? {} : { url: `${siteUrl}${newest.path}` })
    }
    if (q !== "source") {
      return yield* new MicropubUnsupported({
        what: "query",
        ...(q === undefined ? {} : { given: q }),
        supported: ["source", "last"]
      })
    }
    yield* noteActivity({ asked: "q=source" })
    const url = given.first("url")
    if (url !== undefined) return yield* answer(item(yield* find(url)))
    const limit = yield* wholeNumber(given, "limit", { fallback: defaultLimit, least: 1, most: maxLimit })
    const offset = yield* wholeNumber(given, "offset", { fallback: 0, least: 0, most: maxOffset })
    return yield* answer({ items: (yield* media.list({ ...whose, limit, offset })).map(item) })
  })

  return { post, query }
})

const answer = (body: object) => HttpServerResponse.json(body)
