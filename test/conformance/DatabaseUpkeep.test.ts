import * as DatabaseUpkeep from "../../layers/sqlite/DatabaseUpkeep.js"
import * as ThreadDriver from "../../layers/sqlite/ThreadDriver.js"
import * as WorkerDriver from "../../layers/sqlite/WorkerDriver.js"
import { conforms } from "./DatabaseUpkeep.js"

conforms("in thread", DatabaseUpkeep.layerWith(ThreadDriver.open))
conforms("on worker threads", DatabaseUpkeep.layerWith(WorkerDriver.open))
