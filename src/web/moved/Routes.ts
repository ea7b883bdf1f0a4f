import { Effect } from "effect"
import { OldAddresses } from "../../services/OldAddresses.js"
import { publicPage } from "../http/RoutePolicy.js"
import { fallbackTemplate, Routes } from "../http/Routes.js"
import { oldWay } from "./Way.js"

/**
 * Requests without a match: old addresses of posts, files and feeds redirect to their current ones. Others are not
 * found.
 */
export const routes = Routes.use((routes) =>
  Effect.flatMap(OldAddresses, (addresses) => routes.add(publicPage, "GET", fallbackTemplate, oldWay(addresses)))
)
