import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Cause, Effect, Option } from "effect"
import { errorInfo } from "../../errors/Catalogue.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type { Failure } from "../../errors/Failure.js"
import { SessionExpired } from "../../errors/failure/Session.js"
import type { Devices } from "../../services/Devices.js"
import { Settings } from "../../settings/Config.js"
import { confirmAddress, wantsPage } from "../http/ErrorResponse.js"
import type { RequestContext } from "../http/RequestContext.js"
import { adminResponse, OwnerDocument } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { Carried, carrying } from "./Carried.js"
import { knownBrowser } from "./KnownBrowser.js"
import { Alert, LoginForm } from "./LoginForm.js"
import { passkeyScript } from "./PasskeyScript.js"
import { carriedFields, FilesAreGone, isText, type Resume, resumeOf } from "./Resume.js"

/**
 * The answer to a form of the owner's pages that a browser has sent after its session ended, when the form can be kept:
 * 401, and a page that holds what was sent beside the form to log in. The server stores nothing for it, and nothing is
 * lost by it. The form is read and repeated only for a browser that had a session here: one whose session is known to
 * have expired, or that bears a device mark. A form that asks for fresh proof is kept in the same way, or leads to a
 * page that asks for it. For anything else there is no such answer.
 */
export const formKept = (
  site: Site
): Effect.Effect<
  (
    failure: Failure
  ) => Effect.Effect<
    HttpServerResponse.HttpServerResponse | undefined,
    never,
    HttpServerRequest.HttpServerRequest | RequestContext
  >,
  never,
  Devices | Settings
> =>
  Effect.map(Effect.flatMap(Settings, knownBrowser), (known) => {
    const isKnown = Effect.match(known, { onFailure: () => false, onSuccess: Option.isSome })
    return (failure) =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        if (!wantsPage(request)) return undefined
        if (failure._tag === "ProofNeeded" && request.method === "POST") {
          return Option.match(yield* read, {
            onNone: () => HttpServerResponse.redirect(confirmAddress("/admin/security"), { status: 303 }),
            onSome: (kept) => confirmationPage(site, kept, errorInfo(failure))
          })
        }
        if (failure._tag !== "SessionExpired") return undefined
        if (failure.reason === "unknown" && !(yield* isKnown)) return undefined
        const resume = yield* read
        return Option.isSome(resume) ? sessionEndedPage(site, resume.value, errorInfo(failure)) : undefined
      })
  })

/**
 * The pipeline answers without letting itself be interrupted. Reading has to: it may wait for ever for a client that sends
 * no more. A client that leaves meanwhile has sent nothing to keep.
 */
const read = Effect.catchAllCause(Effect.interruptible(resumeOf), (cause) =>
  Cause.isInterruptedOnly(cause) ? Effect.succeed(Option.none<Resume>()) : Effect.failCause(cause)
)

/** The page that holds an action until the owner has confirmed it. */
const confirmationPage = (site: Site, resume: Resume, info: ErrorInfo): HttpServerResponse.HttpServerResponse =>
  carrying(
    adminResponse(
      <OwnerDocument site={site} title={info.message} scripts={[passkeyScript.path]}>
        <h1>{info.message}</h1>
        <p class="lead">Log in once more. The next page does what you asked for.</p>
        <LoginForm next={resume.path} carried={<Carried />} passkeys />
        <p class="quiet-text">
          Neither passphrase nor passkey? <a href={confirmAddress("/admin/security")}>Confirm another way</a>.
        </p>
      </OwnerDocument>,
      { status: info.status, headers: { vary: "accept" } }
    ),
    carriedFields(resume),
    false
  )

/** The page that holds a form until its sender has logged in, here or in another tab. */
export const sessionEndedPage = (
  site: Site,
  resume: Resume,
  info: ErrorInfo = errorInfo(new SessionExpired({ reason: "unknown" }))
): HttpServerResponse.HttpServerResponse =>
  carrying(
    adminResponse(
      <OwnerDocument site={site} title={info.message} scripts={[passkeyScript.path]}>
        <h1>{info.message}</h1>
        <Alert
          info={{ message: "Nothing is lost", suggestion: "Log in here, and send what you wrote on the next page" }}
        />
        <LoginForm next={resume.path} carried={<Carried />} passkeys />
        <p class="or">or</p>
        <p>
          <a href="/auth/login?next=/admin/" target="_blank" rel="noopener">
            Log in another way, in a new tab
          </a>
          , come back here, and
        </p>
        <p>
          <button type="submit" form="login" formaction="/auth/resume" formnovalidate class="button quiet">
            Go on
          </button>
        </p>
        <FilesAreGone resume={resume} />
      </OwnerDocument>,
      { status: info.status, headers: { vary: "accept" } }
    ),
    carriedFields(resume),
    isText(resume)
  )
