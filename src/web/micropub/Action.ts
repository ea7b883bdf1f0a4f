import { HttpServerRequest } from "@effect/platform"
import { Effect } from "effect"
import { type AccessToken, appOf } from "../../domain/indieauth/AccessToken.js"
import { isObject } from "../../domain/posts/Microformats.js"
import { scopesFor } from "../../domain/posts/PostRights.js"
import { MicropubMalformed, MicropubUnsupported } from "../../errors/Micropub.js"
import { MediaTypeUnsupported } from "../../errors/Request.js"
import type { MediaStore } from "../../services/MediaStore.js"
import { AppRequest, requireScopes } from "../http/AppAuth.js"
import * as Body from "../http/Body.js"
import { noteActivity, type RequestContext } from "../http/RequestContext.js"
import { receive, type Upload, withdraw } from "../http/Upload.js"

/** Actions of a POST. */
const actions = ["create", "update", "delete", "undelete"] as const

export type Action = (typeof actions)[number]

/** Body of an action: JSON, or the fields of a form and its files, which are stored already. */
export type ActionBody =
  | { readonly format: "json"; readonly value: unknown }
  | { readonly format: "form"; readonly fields: Body.OrderedFields; readonly uploads: ReadonlyArray<Upload> }

/** An action with its authorization. */
export interface ActionRequest {
  readonly token: AccessToken
  readonly action: Action
  readonly body: ActionBody
}

const formType = "application/x-www-form-urlencoded"

const multipartType = "multipart/form-data"

/** Media types of an action's body. */
const accepted = ["application/json", formType, multipartType]

const isJson = (type: string) => type === "application/json" || type.endsWith("+json")

/** The action of a request; `create` if it names none. Adds it to the activity log. */
const decodeAction = (
  given: unknown
): Effect.Effect<Action, MicropubMalformed | MicropubUnsupported, RequestContext> => {
  if (given === undefined) return Effect.as(noteActivity({ asked: "create" }), "create")
  if (typeof given !== "string") return new MicropubMalformed({ part: "action", expected: "text" })
  const action = actions.find((known) => known === given.trim().toLowerCase())
  return action === undefined
    ? new MicropubUnsupported({ what: "action", given, supported: [...actions] })
    : Effect.as(noteActivity({ asked: action }), action)
}

/** A member of the body, if it has it. */
export const memberOf = (body: ActionBody, name: string): unknown => {
  if (body.format === "form") return body.fields.get(name)?.[0]
  return isObject(body.value) && Object.hasOwn(body.value, name) ? body.value[name] : undefined
}

const decodeForm = (fields: Body.OrderedFields, token: AccessToken, uploads: ReadonlyArray<Upload> = []) =>
  Effect.map(
    decodeAction(fields.get("action")?.[0]),
    (action): ActionRequest => ({ token, action, body: { format: "form", fields, uploads } })
  )

/**
 * Reads a form with files. They are stored as they arrive, for tokens that may create posts; if the request is refused
 * later, they are removed.
 */
const readMultipart = (media: MediaStore["Type"]) =>
  Effect.gen(function* () {
    const { authenticate, authenticateUpload, hasTokenInHeader } = yield* AppRequest
    const authenticated = (fields: Body.FormFields) => authenticate(fields.get("access_token"))
    // With a token in the header, the body of an unauthorized request is not read.
    if (hasTokenInHeader) yield* authenticate()
    const admit = Effect.fnUntraced(function* (fields: Body.FormFields) {
      const token = yield* authenticateUpload(fields.get("access_token"))
      const isCreated = (yield* decodeAction(fields.get("action")?.[0])) === "create"
      if (isCreated) yield* requireScopes(token, scopesFor("create_draft", "draft"))
      return { uploadedBy: appOf(token) }
    })
    const { fields, uploads } = yield* receive(media, { admit })
    return yield* Effect.gen(function* () {
      const asked = yield* decodeForm(fields, yield* authenticated(fields), uploads)
      if (asked.action === "create" || uploads.length === 0) return asked
      return yield* new MicropubMalformed({ part: "action", expected: "files only in requests that create a post" })
    }).pipe(Effect.tapError(() => withdraw(media, uploads)))
  })

/** Reads an action from JSON or from a form. JSON is not read without a valid token. */
export const readAction = (media: MediaStore["Type"]) =>
  Effect.gen(function* () {
    const { authenticate } = yield* AppRequest
    const request = yield* HttpServerRequest.HttpServerRequest
    const type = Body.mediaTypeOf(request)
    if (isJson(type)) {
      const token = yield* authenticate()
      const body: ActionBody = { format: "json", value: yield* Body.json() }
      return { token, body, action: yield* decodeAction(memberOf(body, "action")) }
    }
    if (type === multipartType) return yield* readMultipart(media)
    if (type !== formType) {
      yield* authenticate()
      return yield* new MediaTypeUnsupported({ accepted })
    }
    const fields = yield* Body.form()
    return yield* decodeForm(fields, yield* authenticate(fields.get("access_token")))
  })
