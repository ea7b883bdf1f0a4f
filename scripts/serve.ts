import { Layer } from "effect"
import * as Production from "../layers/Production.js"
import { run } from "../layers/process/Main.js"
import * as Server from "../src/Server.js"
import { reportFailure } from "./FailureReport.js"

const blog = Production.start.pipe(
  Layer.provideMerge(Server.layer),
  Layer.provide(Production.http),
  Layer.provide(Production.services)
)

run(Layer.launch(blog), Production.foundation, reportFailure)
