import { HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Effect, Option } from "effect"
import { PageNotFound } from "../../errors/Address.js"
import { pathOf } from "../http/Address.js"
import { immutableFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import { customStylesheet, customStylesheetTemplate } from "../theme/CustomStylesheet.js"
import { site } from "../theme/Site.js"

/** The owner's CSS, at the address that pages name at the moment. An older one is not found. */
export const routes = Routes.one(
  immutableFile,
  "GET",
  customStylesheetTemplate,
  Effect.gen(function* () {
    const { url } = yield* HttpServerRequest.HttpServerRequest
    const sheet = customStylesheet(yield* site)
    if (Option.isNone(sheet) || sheet.value.path !== pathOf(url)) return yield* new PageNotFound()
    return HttpServerResponse.text(sheet.value.content, { contentType: sheet.value.contentType })
  })
)
