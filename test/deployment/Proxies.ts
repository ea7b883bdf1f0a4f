/** Configuration of each proxy on a machine that already runs StarPunk, with self-signed certificates. */
export const proxies = [
  {
    name: "nginx",
    binary: "/usr/sbin/nginx",
    start: `
      install -d /etc/letsencrypt/live/blog.example
      openssl req -quiet -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=blog.example \\
        -keyout /etc/letsencrypt/live/blog.example/privkey.pem -out /etc/letsencrypt/live/blog.example/fullchain.pem 2>/dev/null ||
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=blog.example \\
        -keyout /etc/letsencrypt/live/blog.example/privkey.pem -out /etc/letsencrypt/live/blog.example/fullchain.pem
      rm -f /etc/nginx/sites-enabled/*
      install -D -m 644 /opt/starpunk/docs/deployment/nginx.conf /etc/nginx/sites-enabled/starpunk.conf
      nginx -t && nginx`,
    stop: "nginx -s stop; while pgrep -x nginx; do sleep 0.1; done"
  },
  {
    name: "Caddy",
    binary: "/usr/bin/caddy",
    start: `
      caddy validate --adapter caddyfile --config /opt/starpunk/docs/deployment/Caddyfile
      printf '{\\n\\tlocal_certs\\n\\tskip_install_trust\\n}\\nimport /opt/starpunk/docs/deployment/Caddyfile\\n' > /root/Caddyfile
      caddy start --adapter caddyfile --config /root/Caddyfile --pidfile /run/caddy.pid > /root/caddy.log 2>&1 < /dev/null
      until curl --silent --insecure --output /dev/null --resolve blog.example:443:127.0.0.1 https://blog.example/; do sleep 0.2; done`,
    stop: "caddy stop"
  }
] as const
