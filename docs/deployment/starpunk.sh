#!/bin/sh
# Runs StarPunk's commands as the user of the server, with the settings of /etc/starpunk/.env.
cd /etc/starpunk && exec runuser -u starpunk -- /usr/bin/node /opt/starpunk/dist/starpunk.js "$@"
