import { layerThread, layerWorker } from "../../../layers/sqlite/pool/SqlPool.js"
import { conforms } from "./SqlPool.js"

conforms("connections in the calling thread", layerThread)
conforms("connections on worker threads", layerWorker)
