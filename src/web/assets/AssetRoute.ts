import { HttpServerResponse } from "@effect/platform"
import { immutableFile } from "../http/RoutePolicy.js"
import { Routes } from "../http/Routes.js"
import type { NamedAsset } from "../theme/NamedAsset.js"

/** A route that serves an asset. */
export const assetRoute = ({ content, contentType, path }: NamedAsset) =>
  Routes.one(immutableFile, "GET", path, HttpServerResponse.text(content, { contentType }))
