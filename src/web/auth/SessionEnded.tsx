import type { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Cause, Effect, Option } from "effect"
import { errorInfo } from "../../errors/Catalogue.js"
import type { ErrorInfo } from "../../errors/ErrorInfo.js"
import type { Failure } from "../../errors/Failure.js"
import { adminResponse, OwnerDocument } from "../admin/AdminPage.js"
import { wantsPage } from "../http/ErrorResponse.js"
import type { Site } from "../theme/Site.js"
import { Alert, LoginForm } from "./LoginForm.js"
import { passkeyScript } from "./PasskeyScript.js"
import { CarriedFields, FilesAreGone, Kept, type Resume, resumeOf, SendAgain } from "./Resume.js"

/**
 * The answer to a form of the owner's pages that a browser has sent after its session ended, when the form can be kept:
 * 401, and a page that holds what was sent beside the form to log in. The server stores nothing for it, and nothing is
 * lost by it. For anything else there is no such answer.
 */
export const formKept =
  (site: Site) =>
  (
    failure: Failure,
    request: HttpServerRequest.HttpServerRequest
  ): Effect.Effect<HttpServerResponse.HttpServerResponse | undefined, never, HttpServerRequest.HttpServerRequest> =>
    failure._tag !== "SessionExpired" || !wantsPage(request)
      ? Effect.succeed(undefined)
      : Effect.map(read, (resume) =>
          Option.getOrUndefined(Option.map(resume, (kept) => page(site, kept, errorInfo(failure))))
        )

/**
 * The pipeline answers without letting itself be interrupted. Reading has to: it may wait for ever for whoever sends. A
 * client that leaves meanwhile has sent nothing to keep.
 */
const read = Effect.catchAllCause(Effect.interruptible(resumeOf), (cause) =>
  Cause.isInterruptedOnly(cause) ? Effect.succeed(Option.none<Resume>()) : Effect.failCause(cause)
)

const page = (site: Site, resume: Resume, info: ErrorInfo): HttpServerResponse.HttpServerResponse =>
  adminResponse(
    <OwnerDocument site={site} title={info.message} scripts={[passkeyScript.path]}>
      <h1>{info.message}</h1>
      <Alert
        info={{ message: "Nothing is lost", suggestion: "Log in here, and send what you wrote on the next page" }}
      />
      <Kept resume={resume} />
      <LoginForm next={resume.path} carried={<CarriedFields resume={resume} />} passkeys />
      <p class="or">or</p>
      <p>
        <a href="/auth/login?next=/admin/" target="_blank" rel="noopener">
          Log in another way, in a new tab
        </a>
        , come back here, and
      </p>
      <SendAgain resume={resume} label="Send it again" isSecondChoice />
      <FilesAreGone resume={resume} />
    </OwnerDocument>,
    { status: info.status, headers: { vary: "accept" } }
  )
