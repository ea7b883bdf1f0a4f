import * as Memory from "../../../layers/memory/SearchEngine.js"
import { over } from "../../fixtures/Sqlite.js"
import { conforms, ranks } from "./SearchEngine.js"

conforms("FTS5", over("fts5"))
conforms("fallback", over("fallback"))
conforms("in memory", (posts) => Memory.layer(posts))

ranks("FTS5", over("fts5"))
ranks("in memory", (posts) => Memory.layer(posts))
