import * as MemoryPosts from "../../layers/memory/Posts.js"
import { conforms } from "./Posts.js"

conforms("in memory", MemoryPosts.layer)
