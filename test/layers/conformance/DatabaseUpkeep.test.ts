import * as DatabaseUpkeep from "../../../layers/sqlite/file/DatabaseUpkeep.js"
import * as ThreadDriver from "../../../layers/sqlite/pool/ThreadDriver.js"
import * as WorkerDriver from "../../../layers/sqlite/pool/WorkerDriver.js"
import { conforms } from "./DatabaseUpkeep.js"

conforms("in thread", DatabaseUpkeep.layerWith(ThreadDriver.open))
conforms("on worker threads", DatabaseUpkeep.layerWith(WorkerDriver.open))
