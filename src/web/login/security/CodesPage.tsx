import type { HttpServerResponse } from "@effect/platform"
import { Effect, Redacted } from "effect"
import type { JSX } from "preact"
import { keyUri } from "../../../domain/login/OneTimeCode.js"
import type { DatabaseFailure } from "../../../errors/Database.js"
import type { ErrorInfo } from "../../../errors/ErrorInfo.js"
import { Settings } from "../../../settings/Config.js"
import { AdminLayout, adminResponse } from "../../theme/AdminPage.js"
import { type CurrentSite, type Site, site } from "../../theme/Site.js"
import { Alert, Field } from "../LoginForm.js"
import { refusalOptions } from "../Refusal.js"

/** Loaded for the first QR code. */
const library = Effect.promise(() => import("uqr"))

/** Groups a secret in four letters for typing. */
const inGroups = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(" ")

/** Pages of enabling codes: the secret to scan, and the recovery codes. */
export const codesPages = Effect.gen(function* () {
  const settings = yield* Settings
  const { host } = new URL(settings.siteUrl)

  const frame = (
    site: Site,
    title: string,
    content: JSX.Element,
    refused?: ErrorInfo
  ): HttpServerResponse.HttpServerResponse =>
    adminResponse(
      <AdminLayout site={site} title={title} section="security">
        <h1>{title}</h1>
        {refused !== undefined && <Alert info={refused} />}
        {content}
      </AdminLayout>,
      refused === undefined ? {} : refusalOptions(refused)
    )

  /**
   * The secret as a QR code and as text, and the field for the first code. The form carries the secret: nothing is
   * stored before the first right code.
   */
  const scan = (
    secret: Redacted.Redacted,
    refused?: ErrorInfo
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, DatabaseFailure, CurrentSite> =>
    Effect.gen(function* () {
      const about = yield* site
      const { renderSVG } = yield* library
      const uri = yield* keyUri(secret, { issuer: about.name, label: host })
      const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`
      return frame(
        about,
        "Set up two-step login",
        <div class="panel">
          <p>
            Scan this code with an authenticator app on your phone, or <a href={uri}>open it on this device</a>.
          </p>
          <img class="qr" src={picture} alt="QR code of the key below" width="208" height="208" />
          <p>
            Or enter this key in the app: <code>{inGroups(Redacted.value(secret))}</code>
          </p>
          <form class="form" method="post" action="/admin/security/codes">
            <input type="hidden" name="secret" value={Redacted.value(secret)} />
            <Field
              name="code"
              label="Code from the app"
              class="code"
              type="text"
              inputmode="numeric"
              autocomplete="one-time-code"
              required
              maxlength={10}
            />
            <div class="actions">
              <button type="submit" class="button">
                Turn on
              </button>
              <a href="/admin/security">Not now</a>
            </div>
          </form>
        </div>,
        refused
      )
    })

  /** The recovery codes, which are shown only this time. Nothing can fail once there are codes to show. */
  const recovery = Effect.map(
    site,
    (about) => (codes: ReadonlyArray<Redacted.Redacted>) =>
      frame(
        about,
        "Save your recovery codes",
        <div class="panel">
          <p>
            Two-step login is on. If you lose your phone, each of these recovery codes lets you log in once. Print them
            or store them in a password manager: they are not shown again.
          </p>
          <ol class="recovery-codes">
            {codes.map((code) => (
              <li key={Redacted.value(code)}>
                <code>{Redacted.value(code)}</code>
              </li>
            ))}
          </ol>
          <a class="button" href="/admin/security">
            I've saved them
          </a>
        </div>
      )
  )

  return { scan, recovery }
})
