#!/usr/bin/env node

// Files of the server and the commands are for their user only, including those that SQLite and libraries create.
process.umask(0o077)

const [command, ...rest] = process.argv.slice(2)
if (command === "serve" && rest.length === 0) {
  // The server starts without loading the command line.
  await import("./serve.js")
} else if (command === "healthcheck" && (rest.length === 0 || (rest.length === 1 && rest[0] === "--live"))) {
  const { main } = await import("./probe.js")
  main(rest.length === 1)
} else {
  const { main } = await import("./cli.js")
  main(process.argv)
}
