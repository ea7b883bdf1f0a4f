import { pathToFileURL } from "node:url"
import { Layer } from "effect"
import * as MemoryLogger from "../../../layers/memory/Logger.js"
import * as Memory from "../../../layers/memory/Renderer.js"
import * as Node from "../../../layers/rendering/Renderer.js"
import { conforms } from "./Renderer.js"

conforms("memory", Memory.layer)
conforms(
  "node",
  // The thread of the bundle, as it is shipped.
  Node.layerWith(pathToFileURL("dist/renderer.js")).pipe(Layer.provide(MemoryLogger.layerSilent))
)
