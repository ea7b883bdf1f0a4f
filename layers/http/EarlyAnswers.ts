import { Context } from "effect"
import type { EarlyAnswer } from "./Connections.js"

/** Handler that answers requests before a fiber exists (`CachedAnswers`). Nothing by default. */
export class EarlyAnswers extends Context.Reference<EarlyAnswers>()("starpunk/EarlyAnswers", {
  defaultValue: (): EarlyAnswer => () => false
}) {}
