import type { HttpServerRequest } from "@effect/platform"
import type { ActivityEvent, Refusal } from "../../domain/ActivityEvent.js"
import type { Failure } from "../../errors/Failure.js"

/** Entry of a handler in the activity log about its request. Absent members keep earlier values. */
export interface ActivityNote {
  /**
   * The action, as one word or `name=value` of a fixed set, such as `update` or `q=config`; never input of the client.
   */
  readonly asked?: string
  /** Address of the client (`client_id`). */
  readonly clientId?: string
  /** The token that was used or issued. Nothing else of it is stored. */
  readonly token?: { readonly id: string; readonly label: string; readonly clientId?: string }
  /** Why the request was refused, if the route's own page reports that. */
  readonly failure?: Failure
  /** The error that a redirect returns to the client (RFC 6749 §4.1.2.1), if there is no failure. */
  readonly returned?: { readonly error: string; readonly error_description: string }
}

/** A finished request for the activity log. */
export interface Traced {
  readonly at: number
  readonly requestId: string
  readonly template: string
  readonly request: HttpServerRequest.HttpServerRequest
  /** 499 if the client disconnected. */
  readonly status: number
  readonly failure: Failure | undefined
  readonly note: ActivityNote
  /** Client address, as the trusted proxies report it. */
  readonly address: string
}

/** Makes the event of a request. Input is cut, and possible secrets are masked. */
export const eventOf = (traced: Traced): ActivityEvent => {
  const { note, request, template } = traced
  const refusal = refusalOf(traced)
  const clientId = note.clientId ?? note.token?.clientId
  const userAgent = request.headers["user-agent"]
  return {
    at: traced.at,
    requestId: traced.requestId,
    endpoint: template,
    method: request.method.slice(0, 16),
    asked: brief(note.asked ?? defaultAsked(request.method, template), 64),
    status: traced.status,
    ...(refusal === undefined ? {} : { refusal }),
    ...(clientId === undefined ? {} : { clientId: brief(clientId, 256) }),
    ...(note.token === undefined ? {} : { tokenId: note.token.id, label: brief(note.token.label, 100) }),
    address: traced.address,
    ...(userAgent === undefined ? {} : { userAgent: brief(userAgent, 256) })
  }
}

const defaultAsked = (method: string, template: string): string => {
  if (template === "/micropub") return method === "POST" ? "post" : "query"
  if (template === "/micropub/media") return method === "POST" ? "upload" : "query"
  return template.split("/").slice(2).join(" ")
}

const refusalOf = ({ failure, note, status }: Traced): Refusal | undefined => {
  if (note.returned !== undefined) return returned(note.returned)
  // A redirect to the login is not a refusal.
  if (status < 400) return undefined
  const reason = note.failure ?? failure
  if (reason !== undefined) return explained(reason)
  const message = status === 499 ? "The client disconnected before the response" : `The response was ${status}`
  return {
    reason: status === 499 ? "client_left" : `status_${status}`,
    code: "",
    message,
    suggestion: "See the access log under the request id",
    troubleshooting: []
  }
}

const returned = ({ error, error_description }: NonNullable<ActivityNote["returned"]>): Refusal => ({
  reason: error,
  code: "",
  message: brief(error_description, 500),
  suggestion: "The app received the reason and should show it",
  troubleshooting: []
})

const explained = (failure: Failure): Refusal => {
  const { code, message, operator, suggestion, troubleshooting } = failure.info
  const clean = (text: string) => brief(text, 500)
  return {
    reason: reasonOf(failure, code),
    code,
    message: clean(message),
    suggestion: clean(suggestion),
    troubleshooting: troubleshooting.map(clean),
    ...(operator === undefined
      ? {}
      : {
          operator: { details: clean(operator.details), troubleshooting: operator.troubleshooting.map(clean) }
        })
  }
}

/**
 * A short name of a failure: its code without the area, or with it if the rest is a single word; `…_invalid` is
 * replaced by the exact reason. `auth.token_invalid` with the reason `expired` is `token_expired`.
 */
export const reasonOf = (failure: Failure, code: string): string => {
  const [area = "", name = ""] = code.split(".")
  const base = name.includes("_") ? name : `${area}_${name}`
  const reason = "reason" in failure ? failure.reason : undefined
  return reason === undefined ? base : base.replace(/_invalid$/, `_${reason}`)
}

/** Minimum length of OAuth tokens, codes and verifiers; words are rarely as long. */
const secretLike = /[A-Za-z0-9_~-]{32,}/g

const brief = (text: string, longest: number): string => {
  const clean = text.replace(secretLike, "***")
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 3)}...`
}
