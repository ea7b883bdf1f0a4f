import { Layer } from "effect"
import * as MemoryAccessTokens from "../../layers/memory/AccessTokens.js"
import * as MemorySecureRandom from "../../layers/memory/SecureRandom.js"
import { conforms } from "./AccessTokens.js"

conforms("in memory", MemoryAccessTokens.layer.pipe(Layer.provide(MemorySecureRandom.layer)))
