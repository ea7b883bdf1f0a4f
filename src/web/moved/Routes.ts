import { Effect } from "effect"
import { OldAddresses } from "../../services/OldAddresses.js"
import { publicPage } from "../http/RoutePolicy.js"
import { fallbackTemplate, Routes } from "../http/Routes.js"
import { oldWay } from "./Way.js"

/**
 * What no other route answers: addresses that posts, files and feeds had on the site that they came from lead to where
 * they are now. Everything else is not found.
 */
export const routes = Routes.use((routes) =>
  Effect.flatMap(OldAddresses, (addresses) => routes.add(publicPage, "GET", fallbackTemplate, oldWay(addresses)))
)
