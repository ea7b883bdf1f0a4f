import type { HttpServerResponse } from "@effect/platform"
import { Effect, Redacted } from "effect"
import type { JSX } from "preact"
import { keyUri } from "../../../domain/login/OneTimeCode.js"
import type { DatabaseFailure } from "../../../errors/Database.js"
import type { ErrorInfo } from "../../../errors/ErrorInfo.js"
import { Settings } from "../../../settings/Config.js"
import { texts } from "../../../texts/Texts.js"
import { AdminLayout, adminResponse } from "../../theme/AdminPage.js"
import { failureWords } from "../../theme/FailureWords.js"
import { Rich } from "../../theme/Rich.js"
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
        {refused !== undefined && <Alert words={failureWords(refused)} />}
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
        texts.login.codes.setUp,
        <div class="panel">
          <p>
            <Rich text={texts.login.codes.scan} values={{ address: uri }} />
          </p>
          <img class="qr" src={picture} alt={texts.login.codes.picture} width="208" height="208" />
          <p>
            <Rich text={texts.login.codes.enter} values={{ key: <code>{inGroups(Redacted.value(secret))}</code> }} />
          </p>
          <form class="form" method="post" action="/admin/security/codes">
            <input type="hidden" name="secret" value={Redacted.value(secret)} />
            <Field
              name="code"
              label={texts.login.codes.code}
              class="code"
              type="text"
              inputmode="numeric"
              autocomplete="one-time-code"
              required
              maxlength={10}
            />
            <div class="actions">
              <button type="submit" class="button">
                {texts.login.codes.turnOn}
              </button>
              <a href="/admin/security">{texts.login.codes.notNow}</a>
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
        texts.login.codes.save,
        <div class="panel">
          <p>{texts.login.codes.saveLead}</p>
          <ol class="recovery-codes">
            {codes.map((code) => (
              <li key={Redacted.value(code)}>
                <code>{Redacted.value(code)}</code>
              </li>
            ))}
          </ol>
          <a class="button" href="/admin/security">
            {texts.login.codes.saved}
          </a>
        </div>
      )
  )

  return { scan, recovery }
})
