#!/usr/bin/env node

// Everything that the server and the commands create is for their user alone, SQLite's files and those of libraries included.
process.umask(0o077)

const [command, ...rest] = process.argv.slice(2)
if (command === "serve" && rest.length === 0) {
  // The server must not pay for the command line when it starts.
  await import("./serve.js")
} else if (command === "healthcheck" && (rest.length === 0 || (rest.length === 1 && rest[0] === "--live"))) {
  const { main } = await import("./probe.js")
  main(rest.length === 1)
} else {
  const { main } = await import("./cli.js")
  main(process.argv)
}
