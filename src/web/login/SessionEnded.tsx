import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Cause, Effect, Option } from "effect"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type { Failure } from "../../errors/Failure.js"
import { SessionExpired } from "../../errors/Session.js"
import type { Devices } from "../../services/Devices.js"
import { Settings } from "../../settings/Config.js"
import { texts } from "../../texts/Texts.js"
import { confirmAddress, wantsPage } from "../http/ErrorResponse.js"
import type { RequestContext } from "../http/RequestContext.js"
import { adminResponse, OwnerDocument } from "../theme/AdminPage.js"
import { failureWords } from "../theme/FailureWords.js"
import { Rich } from "../theme/Rich.js"
import type { Site } from "../theme/Site.js"
import { Carried, carrying } from "./Carried.js"
import { knownBrowser } from "./KnownBrowser.js"
import { Alert, LoginForm } from "./LoginForm.js"
import { passkeyScript } from "./PasskeyScript.js"
import { carriedFields, FilesAreGone, isText, type Resume, resumeOf } from "./Resume.js"

/**
 * The response to a form of the owner's pages that was sent after the session ended, if the form can be kept: 401, and
 * a page with the login form and the sent fields. The server stores nothing. The form is read and returned only if the
 * browser had a session here: its session is known to have expired, or it has a device mark. A form that requires
 * recent authentication is kept too, or leads to a page that asks for it. Other requests have no such response.
 */
export const formKept: Effect.Effect<
  (
    failure: Failure,
    site: Site
  ) => Effect.Effect<
    HttpServerResponse.HttpServerResponse | undefined,
    never,
    HttpServerRequest.HttpServerRequest | RequestContext
  >,
  never,
  Devices | Settings
> = Effect.map(Effect.flatMap(Settings, knownBrowser), (known) => {
  const isKnown = Effect.match(known, { onFailure: () => false, onSuccess: Option.isSome })
  return (failure, site) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      if (!wantsPage(request)) return undefined
      if (failure._tag === "ProofNeeded" && request.method === "POST") {
        return Option.match(yield* read, {
          onNone: () => HttpServerResponse.redirect(confirmAddress("/admin/security"), { status: 303 }),
          onSome: (kept) => confirmationPage(site, kept, failure.info)
        })
      }
      if (failure._tag !== "SessionExpired") return undefined
      if (failure.reason === "unknown" && !(yield* isKnown)) return undefined
      const resume = yield* read
      return Option.isSome(resume) ? sessionEndedPage(site, resume.value, failure.info) : undefined
    })
})

/**
 * The pipeline responds uninterruptibly, but reading has to be interruptible, because a client may stop sending. A
 * client that disconnects meanwhile has no form to keep.
 */
const read = Effect.catchAllCause(Effect.interruptible(resumeOf), (cause) =>
  Cause.isInterruptedOnly(cause) ? Effect.succeed(Option.none<Resume>()) : Effect.failCause(cause)
)

/** The page that keeps an action until the owner has authenticated again. */
const confirmationPage = (site: Site, resume: Resume, info: ErrorInfo): HttpServerResponse.HttpServerResponse =>
  carrying(
    adminResponse(
      <OwnerDocument site={site} title={failureWords(info).message} scripts={[passkeyScript.path]}>
        <h1>{failureWords(info).message}</h1>
        <p class="lead">{texts.login.resume.confirmLead}</p>
        <LoginForm next={resume.path} carried={<Carried />} passkeys />
        <p class="quiet-text">
          <Rich text={texts.login.resume.otherWay} values={{ address: confirmAddress("/admin/security") }} />
        </p>
      </OwnerDocument>,
      { status: info.status, headers: { vary: "accept" } }
    ),
    carriedFields(resume),
    false
  )

/** The page that keeps a form until its sender has logged in, here or in another tab. */
export const sessionEndedPage = (
  site: Site,
  resume: Resume,
  info: ErrorInfo = new SessionExpired({ reason: "unknown" }).info
): HttpServerResponse.HttpServerResponse =>
  carrying(
    adminResponse(
      <OwnerDocument site={site} title={failureWords(info).message} scripts={[passkeyScript.path]}>
        <h1>{failureWords(info).message}</h1>
        <Alert words={{ message: texts.login.resume.kept, suggestion: texts.login.resume.keptAdvice }} />
        <LoginForm next={resume.path} carried={<Carried />} passkeys />
        <p class="or">{texts.login.or}</p>
        <p>
          <a href="/auth/login?next=/admin/" target="_blank" rel="noopener">
            {texts.login.resume.newTab}
          </a>
          . {texts.login.resume.comeBack}
        </p>
        <p>
          <button type="submit" form="login" formaction="/auth/resume" formnovalidate class="button quiet">
            {texts.login.resume.continue}
          </button>
        </p>
        <FilesAreGone resume={resume} />
      </OwnerDocument>,
      { status: info.status, headers: { vary: "accept" } }
    ),
    carriedFields(resume),
    isText(resume)
  )
