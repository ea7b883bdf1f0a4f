import { HttpServerRequest, type HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import type { JSX } from "preact"
import { localPath } from "../../domain/login/LocalPath.js"
import { texts } from "../../texts/Texts.js"
import * as Body from "../http/Body.js"
import type { RequestContext } from "../http/RequestContext.js"
import { textForm } from "../http/RoutePolicy.js"
import { adminResponse, OwnerDocument } from "../theme/AdminPage.js"
import type { Site } from "../theme/Site.js"
import { Carried, type CarriedField, carrying } from "./Carried.js"
import { textsOf } from "./MultipartTexts.js"

const urlencoded = "application/x-www-form-urlencoded"
const multipart = "multipart/form-data"

/** A form that was sent after the session ended, to be sent again. It lacks files. */
export interface Resume {
  /** Target of the form: a path of this site below `/admin/`. */
  readonly path: string
  readonly enctype: typeof urlencoded | typeof multipart
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** Prefix of the names of carried fields. */
const prefix = "resume."
const enctypeField = "resume-enctype"

/** Limits of carried characters and fields: one request, with room for the login's own fields. */
const most = { characters: 1_048_576, fields: 900 }

/** The name of an action that may wait for the owner's confirmation, by the path of its form. */
const actionOf = (path: string): string | undefined => {
  const actions: Readonly<Record<string, string>> = texts.login.resume.actions
  return Object.hasOwn(actions, path) ? actions[path] : undefined
}

/** Returns whether a form has a text that a person wrote, as opposed to an action. */
export const isText = ({ path }: Resume): boolean => actionOf(path) === undefined

/** Returns whether a form contains passphrases or secrets, which are never carried. */
const isSensitive = (path: string): boolean => path.startsWith("/admin/security") && actionOf(path) === undefined

/** The path to which a form may be sent again. */
const resumablePath = (target: string | undefined): Option.Option<string> =>
  Option.filter(localPath(target), (path) => path.startsWith("/admin/") && !isSensitive(path))

/** Returns whether a form can be carried. An action may have no fields; a text needs one. */
const isBearable = (path: string, fields: Resume["fields"]): boolean =>
  (fields.length > 0 || actionOf(path) !== undefined) &&
  fields.length <= most.fields &&
  fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) <= most.characters

const flat = (fields: Body.FormFields): Resume["fields"] =>
  [...fields].flatMap(([name, values]) => values.map((value) => [name, value] as const))

/**
 * Reads the form of a request without a session, if it is one of the owner's pages. Reads the body, unless the route
 * has read it already.
 */
export const resumeOf: Effect.Effect<
  Option.Option<Resume>,
  never,
  HttpServerRequest.HttpServerRequest | RequestContext
> = Effect.gen(function* () {
  const request = yield* HttpServerRequest.HttpServerRequest
  const path = resumablePath(request.originalUrl)
  const enctype = Body.mediaTypeOf(request)
  if (request.method !== "POST" || Option.isNone(path)) return Option.none()
  if (enctype !== urlencoded && enctype !== multipart) return Option.none()
  const read =
    enctype === urlencoded
      ? Body.form({ maxBytes: textForm.maxBody, maxTextBytes: textForm.maxText })
      : textsOf({ maxTextBytes: 4 * most.characters })
  const fields = yield* Effect.option(Effect.map(read, flat))
  return Option.filterMap(fields, (fields) =>
    isBearable(path.value, fields) ? Option.some({ path: path.value, enctype, fields }) : Option.none()
  )
})

/** Reads the carried form from a form of the login. */
export const resumeIn = (fields: Body.FormFields): Option.Option<Resume> => {
  const carried = flat(fields).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : []
  )
  const enctype = fields.get(enctypeField)?.[0] === multipart ? multipart : urlencoded
  return Option.filterMap(resumablePath(fields.get("next")?.[0]), (path) =>
    fields.has(enctypeField) && isBearable(path, carried)
      ? Option.some({ path, enctype, fields: carried })
      : Option.none()
  )
}

/** The fields of a carried form, with the names that `resumeIn` expects. */
export const carriedFields = ({ enctype, fields }: Resume): ReadonlyArray<CarriedField> => [
  [enctypeField, enctype],
  ...fields.map(([name, value]) => [`${prefix}${name}`, value] as const)
]

/**
 * The page after a login that sends the carried form. The owner presses the button, because a page must not post in the
 * owner's name unasked.
 */
export const resumedPage = (site: Site, resume: Resume): HttpServerResponse.HttpServerResponse => {
  const action = actionOf(resume.path)
  const title = action === undefined ? texts.login.resume.loggedIn : texts.login.resume.confirmed
  return carrying(
    adminResponse(
      <OwnerDocument site={site} title={title}>
        <h1>{title}</h1>
        <p class="lead">{action === undefined ? texts.login.resume.sendText : texts.login.resume.confirmAction}</p>
        <form class="form" method="post" action={resume.path} enctype={resume.enctype}>
          <Carried />
          <div class="actions">
            <button type="submit" class="button">
              {action ?? texts.login.resume.send}
            </button>
            {action !== undefined && <a href="/admin/">{texts.login.resume.cancel}</a>}
          </div>
        </form>
        <FilesAreGone resume={resume} />
      </OwnerDocument>
    ),
    resume.fields,
    action === undefined
  )
}

/** A notice that files were not kept, if there may have been some. */
export const FilesAreGone = ({ resume }: { readonly resume: Resume }): JSX.Element | null =>
  resume.enctype !== multipart ? null : <p class="quiet-text">{texts.login.resume.filesGone}</p>
