import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Effect } from "effect"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type { LoginFailure } from "../../errors/Login.js"
import { Logger } from "../../services/Logger.js"
import { TrustedProxies } from "../../services/TrustedProxies.js"
import { clientAddress } from "../http/Client.js"
import { wantsPage } from "../http/ErrorResponse.js"
import { noteActivity, type RequestContext } from "../http/RequestContext.js"

const tags: ReadonlySet<string> = new Set<LoginFailure["_tag"]>([
  "PassphraseWrong",
  "PassphraseRefused",
  "CodeWrong",
  "PasskeyRefused",
  "LoginStepExpired",
  "SetupLinkInvalid",
  "TooManyAttempts"
])

const isLoginFailure = (failure: { readonly _tag: string }): failure is LoginFailure => tags.has(failure._tag)

/** Status and headers of a refusal's page. */
export const refusalOptions = ({ retryAfter, status }: ErrorInfo) => ({
  status,
  ...(retryAfter === undefined ? {} : { headers: { "retry-after": String(retryAfter) } })
})

/** Logs every refused login, so that guessing can be detected. */
export const refusalLog = Effect.gen(function* () {
  const log = (yield* Logger).named("starpunk.owner")
  const proxies = yield* TrustedProxies
  return (info: ErrorInfo) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
      log.warning("Login refused", {
        error_code: info.code,
        details: info.operator?.details,
        client_address: clientAddress(proxies, request)
      })
    )
})

/** Shows the login page again with the error. Requests of programs, and other failures, are handled by the pipeline. */
export const orShow =
  <R2, E2>(
    logRefusal: Effect.Effect.Success<typeof refusalLog>,
    page: (info: ErrorInfo, failure: LoginFailure) => Effect.Effect<HttpServerResponse.HttpServerResponse, E2, R2>
  ) =>
  <E extends { readonly _tag: string }, R>(
    handler: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>
  ): Effect.Effect<
    HttpServerResponse.HttpServerResponse,
    E | E2,
    R | R2 | HttpServerRequest.HttpServerRequest | RequestContext
  > =>
    Effect.catchAll(handler, (failure) =>
      Effect.gen(function* () {
        if (!isLoginFailure(failure)) return yield* Effect.fail(failure)
        const info = failure.info
        yield* logRefusal(info)
        yield* noteActivity({ failure })
        const request = yield* HttpServerRequest.HttpServerRequest
        return wantsPage(request) ? yield* page(info, failure) : yield* Effect.fail(failure)
      })
    )
