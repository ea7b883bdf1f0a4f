import * as ThreadDriver from "../../../layers/sqlite/pool/ThreadDriver.js"
import * as WorkerDriver from "../../../layers/sqlite/pool/WorkerDriver.js"
import { over } from "../backup/Site.js"
import { conforms } from "./Backup.js"

conforms("in thread", over(ThreadDriver.open))
conforms("on worker threads", over(WorkerDriver.open))
