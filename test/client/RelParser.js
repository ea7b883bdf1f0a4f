// micropub-helper imports a name from rel-parser, whose published versions are CommonJS without names.
import relParser from "rel-parser/index.js"

export { relParser }
