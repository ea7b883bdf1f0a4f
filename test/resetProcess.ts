import * as EffectVitest from "@effect/vitest"
import { speak } from "../src/texts/Texts.js"

// `layer(…)((it) => …)` without a name replaces the methods of the global `it`. Suites that share a process would run in
// the layer of an earlier suite; this runs before each file and puts the original methods back.
const { effect, flakyTest, it, layer, live, prop, scoped, scopedLive } = EffectVitest
Object.assign(it, { effect, flakyTest, layer, live, prop, scoped, scopedLive })

// The language of the texts is the process's, because a process has one site.
speak("en")
