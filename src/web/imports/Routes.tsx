import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Duration, Effect, Layer, Stream } from "effect"
import { BodyTooLarge } from "../../errors/Request.js"
import type { ImportChoices } from "../../services/ImportDesk.js"
import { ImportDesk } from "../../services/ImportDesk.js"
import { importPath } from "../data/Addresses.js"
import * as Body from "../http/Body.js"
import { forEachPart } from "../http/Multipart.js"
import { OwnerAuth } from "../http/OwnerAuth.js"
import { ownerForm, ownerPage } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { adminResponse } from "../theme/AdminPage.js"
import { site } from "../theme/Site.js"
import { choicesPath } from "./Addresses.js"
import { ImportPage } from "./ImportPage.js"

/** A form with a file whose size the settings limit. */
const fileForm = { ...ownerForm, takesFiles: true } as const

/** Seconds after which the page of a running import is loaded again. */
const refreshSeconds = 3

/** Bytes of the form beside its file: headers and boundaries. */
const besideFile = 1_048_576

/** Time for a large file over a slow line: a gigabyte at half a megabit. */
const longestBody = Duration.hours(6)

/** Longest name of a file that is kept. */
const longestName = 200

const seeOther = (address: string) => HttpServerResponse.redirect(address, { status: 303 })

/** The name of a file as its owner knows it: the last part, without control characters. */
const fileName = (given: string): string =>
  (given.split(/[\\/]/).at(-1) ?? "").replace(/\p{Cc}/gu, "").slice(-longestName) || "file"

const choicesOf = (fields: Body.FormFields): ImportChoices => {
  const isChosen = (name: keyof ImportChoices) => fields.has(name)
  const oldSite = fields.get("oldSite")?.[0]?.trim() ?? ""
  return {
    ...(isChosen("fetchMedia") && { fetchMedia: true }),
    ...(isChosen("withoutMissingMedia") && { withoutMissingMedia: true }),
    ...(isChosen("heldBackAsDrafts") && { heldBackAsDrafts: true }),
    ...(/^https?:\/\//i.test(oldSite) && URL.canParse(oldSite) && { oldSite })
  }
}

/**
 * `/admin/data/import`: one file at a time is uploaded, surveyed and imported. The work runs as long as the server; each
 * page shows where it is.
 */
export const routes = Routes.use((routes) =>
  Effect.gen(function* () {
    const desk = yield* ImportDesk

    yield* routes.add(
      ownerPage,
      "GET",
      importPath,
      Effect.gen(function* () {
        const state = yield* desk.state
        const query = yield* HttpServerRequest.ParsedSearchParams
        const page = (
          <ImportPage site={yield* site} state={state} maxBytes={desk.maxBytes} lacksFile={query.file === "none"} />
        )
        return adminResponse(page, { headers: "progress" in state ? { refresh: String(refreshSeconds) } : {} })
      })
    )

    yield* routes.add(
      fileForm,
      "POST",
      importPath,
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const length = Number(request.headers["content-length"])
        const maxBytes = desk.maxBytes + besideFile
        if (length > maxBytes) return yield* new BodyTooLarge({ limitBytes: desk.maxBytes })
        let isTaken = false
        yield* forEachPart(
          { maxParts: 8, maxBytes, maxBytesBesideFiles: besideFile, longestPause: "30 seconds", longestBody },
          ({ content, filename, name }) => {
            if (filename === undefined || filename === "" || name !== "file" || isTaken) return Stream.runDrain(content)
            isTaken = true
            return desk.receive(fileName(filename), content, Number.isFinite(length) ? length : undefined)
          }
        )
        return seeOther(isTaken ? importPath : `${importPath}?file=none`)
      })
    )

    yield* routes.add(
      ownerForm,
      "POST",
      choicesPath,
      Effect.gen(function* () {
        const fields = yield* Body.form()
        const action = fields.get("action")?.[0]
        if (action === "import") yield* desk.begin(choicesOf(fields))
        else if (action === "look") yield* desk.look(choicesOf(fields))
        else if (action === "discard") yield* desk.discard
        return seeOther(importPath)
      })
    )
  })
).pipe(Layer.provide(OwnerAuth))
