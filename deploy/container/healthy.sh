#!/usr/bin/env bash
# Exits with 0 where the host on this port says that it should be left running. Needs no program that the image would not have anyway.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${1:-5005}"
printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r answer <&3
[[ "$answer" == "HTTP/1.1 200 "* ]]
