import { HttpLayerRouter } from "@effect/platform"
import { Effect } from "effect"
import { OldAddresses } from "../../services/OldAddresses.js"
import { fallbackTemplate } from "../http/RouteTable.js"
import { oldWay } from "./Way.js"

/**
 * What no other route answers: addresses that posts, files and feeds had on the site that they came from lead to where
 * they are now. Everything else is not found.
 */
export const routes = HttpLayerRouter.use((router) =>
  Effect.flatMap(OldAddresses, (addresses) => router.add("GET", fallbackTemplate, oldWay(addresses)))
)
