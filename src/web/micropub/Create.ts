import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import { Settings } from "../../Config.js"
import { isObject } from "../../domain/Microformats.js"
import { decodeCreateForm, decodeCreateJson } from "../../domain/MicropubCreate.js"
import { permalink } from "../../domain/Permalink.js"
import { MediaTypeUnsupported } from "../../errors/failure/Http.js"
import { MicropubMalformed, MicropubUnsupported } from "../../errors/failure/Micropub.js"
import { BearerTokens } from "../../services/BearerTokens.js"
import { Posts } from "../../services/Posts.js"
import * as Body from "../http/Body.js"
import { authenticate, requireAny } from "./Authorization.js"

/** What a POST may do. */
const actions = ["create"]

const formType = "application/x-www-form-urlencoded"
const isJson = (type: string) => type === "application/json" || type.endsWith("+json")

const expectCreate = (action: unknown) => {
  if (action === undefined || action === "create") return Effect.void
  return typeof action === "string"
    ? new MicropubUnsupported({ what: "action", supported: actions })
    : new MicropubMalformed({ part: "action", expected: "text" })
}

/** The request's token and the post it asks for. Of JSON, not even the body is read without a token that is valid. */
const read = (tokens: BearerTokens["Type"], request: HttpServerRequest.HttpServerRequest) =>
  Effect.gen(function* () {
    const type = Body.mediaTypeOf(request)
    if (isJson(type)) {
      const token = yield* authenticate(tokens, request)
      const body = yield* Body.json()
      yield* expectCreate(isObject(body) && Object.hasOwn(body, "action") ? body.action : undefined)
      return { token, post: decodeCreateJson(body) }
    }
    if (type !== formType) {
      yield* authenticate(tokens, request)
      return yield* new MediaTypeUnsupported({ accepted: ["application/json", formType] })
    }
    const fields = yield* Body.form()
    const token = yield* authenticate(tokens, request, fields.get("access_token")?.[0])
    yield* expectCreate(fields.get("action")?.[0])
    return { token, post: decodeCreateForm(fields) }
  })

/** `POST /micropub`: stores a post and answers 201 with its address. A token for drafts only makes drafts of posts. */
export const create = Effect.gen(function* () {
  const posts = yield* Posts
  const tokens = yield* BearerTokens
  const { siteUrl } = yield* Settings

  return Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { post, token } = yield* read(tokens, request)
    yield* requireAny(token, ["create", "draft"])
    const decoded = yield* post
    const stored = yield* posts.create(token.scopes.includes("create") ? decoded : { ...decoded, status: "draft" })
    return HttpServerResponse.empty({
      status: 201,
      headers: { location: permalink(siteUrl, stored.slug), "cache-control": "no-store" }
    })
  })
})
