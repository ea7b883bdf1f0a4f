import type { HttpServerRequest } from "@effect/platform"
import type { ActivityEvent, Refusal } from "../../domain/ActivityEvent.js"
import { errorInfo } from "../../errors/Catalogue.js"
import type { Failure } from "../../errors/Failure.js"

/** What a handler knows of a request that nobody else does. What it leaves out stays as it was noted before. */
export interface ActivityNote {
  /** What is asked for, as one word or `name=value` of ours, such as `update` or `q=config`; never what was sent as such. */
  readonly asked?: string
  /** The client's own address. */
  readonly clientId?: string
  /** The token that was used or given. Nothing of it but these is kept. */
  readonly token?: { readonly id: string; readonly label: string; readonly clientId?: string }
  /** Why the request was refused, where a page of the route's own says so. */
  readonly failure?: Failure
  /** The error that a redirect carries to the client (RFC 6749 §4.1.2.1), where the answer is not made from a failure. */
  readonly returned?: { readonly error: string; readonly error_description: string }
}

/** What is known of a request when it is over. */
export interface Traced {
  readonly at: number
  readonly requestId: string
  readonly template: string
  readonly request: HttpServerRequest.HttpServerRequest
  /** 499 where the client left. */
  readonly status: number
  readonly failure: Failure | undefined
  readonly note: ActivityNote
  /** Seen through our own proxies. */
  readonly address: string
}

/** The event that is kept of a request. What comes from outside is cut, and what could be a secret is masked. */
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
  // Whoever is led to the login first is not refused.
  if (status < 400) return undefined
  const reason = note.failure ?? failure
  if (reason !== undefined) return explained(reason)
  const message = status === 499 ? "The client left before it had its answer" : `The request was answered ${status}`
  return {
    reason: status === 499 ? "client_left" : `status_${status}`,
    code: "",
    message,
    suggestion: "The access log has more of it, under the request id",
    troubleshooting: []
  }
}

const returned = ({ error, error_description }: NonNullable<ActivityNote["returned"]>): Refusal => ({
  reason: error,
  code: "",
  message: brief(error_description, 500),
  suggestion: "The app was told so, and should say more",
  troubleshooting: []
})

const explained = (failure: Failure): Refusal => {
  const { code, message, operator, suggestion, troubleshooting } = errorInfo(failure)
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
 * A failure in one word: its code without the area, or with it where the rest is a single word; `…_invalid` becomes what
 * exactly is wrong with it. `auth.token_invalid` with the reason `expired` is `token_expired`.
 */
export const reasonOf = (failure: Failure, code: string): string => {
  const [area = "", name = ""] = code.split(".")
  const base = name.includes("_") ? name : `${area}_${name}`
  const reason = "reason" in failure ? failure.reason : undefined
  return reason === undefined ? base : base.replace(/_invalid$/, `_${reason}`)
}

/** So long are tokens, codes and verifiers of OAuth at least, and hardly ever a word. */
const secretLike = /[A-Za-z0-9_~-]{32,}/g

const brief = (text: string, longest: number): string => {
  const clean = text.replace(secretLike, "***")
  return clean.length <= longest ? clean : `${clean.slice(0, longest - 3)}...`
}
